"""The programs that are compared, each in a project folder of its own: empty, flat, and ours with any catalog."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from infra.naming import PROJECT
from infra.settings import Settings, load
from stacks.build import build
from tests.bench import flat, services
from tests.bench.record import record
from tests.examples import as_configuration
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY, Workspace

PEAK = "peak"
"""The file beside each program into which it writes its peak memory at its end, in the unit of `ru_maxrss`."""

_REPORT = """\
import atexit, pathlib, resource, runpy, sys
peak = pathlib.Path({peak!r})
atexit.register(lambda: peak.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)))
"""
_EMPTY = "import pulumi\n"
# The SDK of our own provider is no installed package.
_FLAT = "sys.path.append({root!r})\nrunpy.run_path({flat!r}, run_name='__main__')\n"
_OURS = """\
sys.path.insert(0, {root!r})
from tests.bench import services
services.install({count})
runpy.run_path({main!r}, run_name='__main__')
"""


def empty(workspace: Workspace) -> Path:
    """A program that declares nothing."""
    return _write(workspace, "empty", _EMPTY)


def ours(workspace: Workspace, count: int) -> Path:
    """This project's program, with this many generated services in its catalog."""
    return _write(workspace, f"ours-{count}", _OURS.format(root=str(ROOT), count=count, main=str(ROOT / "__main__.py")))


def flattened(workspace: Workspace, count: int) -> Path:
    """The flat program that declares what ours declares with this many services."""
    settings = _settings(workspace)
    services.install(count)
    data = record(lambda: build(settings), workspace.stack)
    folder = workspace.project.with_name(f"flat-{count}")
    program = folder / Path(flat.__file__).name
    _write(workspace, folder.name, _FLAT.format(root=str(ROOT), flat=str(program)))
    shutil.copyfile(flat.__file__, program)
    program.with_name(flat.DATA).write_text(json.dumps(data))
    return folder


def _write(workspace: Workspace, name: str, source: str) -> Path:
    """A project folder beside the workspace's own: its configuration, another program."""
    folder = workspace.project.with_name(name)
    shutil.copytree(workspace.project, folder)
    project_file = folder / "Pulumi.yaml"
    project: dict[str, Any] = yaml.safe_load(project_file.read_text())
    del project["main"]
    project_file.write_text(yaml.safe_dump(project, sort_keys=False))
    (folder / "__main__.py").write_text(_REPORT.format(peak=str(folder / PEAK)) + source)
    return folder


def _settings(workspace: Workspace) -> Settings:
    """What the engine will hand to our program, with the secrets in the clear: they are made up."""
    file = workspace.project / f"Pulumi.{workspace.stack}.yaml"
    values = {
        key.removeprefix(f"{PROJECT}:"): value for key, value in yaml.safe_load(file.read_text())["config"].items()
    }
    return load(as_configuration({**values, **THROW_AWAY}), THROW_AWAY, source=file.name)

"""A stack on a sandbox of its own: run the real engine on it, and look at what came of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from infra.naming import PROJECT
from sandbox.cloud import Cloud
from sandbox.home import Home
from sandbox.provider.admission import TEAM
from tools.engine import Engine
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY, variables, write_project

STACK = "sandbox"
RUN_LIMIT = 180.0
"""Seconds one command of the engine may take."""
SAVED_AT_THE_END = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}


@dataclass
class Lab:
    """One stack of the program, alone on one sandbox."""

    folder: Path
    home: Home
    engine: Engine
    program: Path = ROOT
    """The folder of the program that the stack runs."""
    checkpoints: bool = False
    """Whether every command saves the state after each step, as it does for people. That takes more than half of the
    time of a first run, so here it is done only by what is begun in order to be disturbed."""

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def state_folder(self) -> Path:
        return self.folder / "state"

    @property
    def cloud(self) -> Cloud:
        return Cloud(self.home.database)

    @property
    def environment(self) -> dict[str, str]:
        server = self.home.running()
        assert server is not None, "the sandbox has ended"
        own = {
            **variables(self.home, server),
            "PULUMI_BACKEND_URL": f"file://{self.state_folder}",
            "PULUMI_STACK": STACK,
            **({} if self.checkpoints else SAVED_AT_THE_END),
        }
        return self.engine.environment({**os.environ, **own})

    @property
    def stack_file(self) -> Path:
        return self.project / f"Pulumi.{STACK}.yaml"

    def set_up(self, config: Mapping[str, Any] | None = None, secrets: Mapping[str, str] = THROW_AWAY) -> None:
        """Write the project and make the stack, with the sandbox's own configuration unless another is given."""
        self.state_folder.mkdir(parents=True)
        own = yaml.safe_load((ROOT / "Pulumi.sandbox.yaml").read_text())
        write_project(self.project, STACK, {"config": config} if config is not None else own)
        self.place()
        self.pulumi("stack", "init", STACK)
        if secrets:
            self.pulumi("config", "set-all", *[f"--secret={key}={value}" for key, value in secrets.items()])

    def copy_of(self, template: Lab) -> None:
        """Begin from another lab's files instead of `set_up`, which takes seconds."""
        shutil.copytree(template.folder, self.folder, dirs_exist_ok=True)
        self.program = template.program
        self.place()

    def place(self) -> None:
        """Let the project say where the program and its plugins are, seen from where the project is."""
        project = yaml.safe_load((self.project / "Pulumi.yaml").read_text())
        project["main"] = os.path.relpath(self.program, self.project)
        for plugin in project["plugins"]["providers"]:
            plugin["path"] = os.path.relpath(ROOT / "sentry_alerts" / "plugin", self.project)
        (self.project / "Pulumi.yaml").write_text(yaml.safe_dump(project, sort_keys=False))

    def bring_up(self, template: Lab) -> None:
        """Bring a copy of the template up on an empty cloud, and keep that cloud beside this lab's files."""
        self.copy_of(template)
        self.cloud.reset()
        self.up()
        with closing(sqlite3.connect(self.home.database)) as source:
            with closing(sqlite3.connect(self.kept_cloud)) as target:
                source.backup(target)

    @property
    def kept_cloud(self) -> Path:
        return self.folder / "cloud.db"

    def restore_cloud(self, kept: Path) -> None:
        """Put a kept cloud in place of the one there is."""
        with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(self.home.database)) as target:
            source.backup(target)

    def set(self, path: str, value: object) -> None:
        """Change one key of the stack's file, such as `routing.critical`."""
        key, *rest = path.split(".")
        content = yaml.safe_load(self.stack_file.read_text())
        place = content["config"]
        for part in (f"{PROJECT}:{key}", *rest)[:-1]:
            place = place[part]
        place[rest[-1] if rest else f"{PROJECT}:{key}"] = value
        self.stack_file.write_text(yaml.safe_dump(content))

    def pulumi(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of the engine to its end."""
        done = subprocess.run(
            ["pulumi", *arguments, "--non-interactive", "--color=never"],
            cwd=self.project, env=self.environment, capture_output=True, text=True, timeout=RUN_LIMIT, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def up(self, *options: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.pulumi("up", "--yes", "--skip-preview", *options, check=check)

    def begin_up(self) -> subprocess.Popen[str]:
        return self.begin("up")

    def begin(self, verb: str) -> subprocess.Popen[str]:
        """Begin a run in a process group of its own, as a terminal would."""
        return subprocess.Popen(
            ["pulumi", verb, "--yes", "--skip-preview", "--non-interactive", "--color=never"],
            cwd=self.project, env=replace(self, checkpoints=True).environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def changes(self) -> dict[str, int]:
        """What the next `up` would do: operations and how many, without those that do nothing."""
        done = self.pulumi("preview", "--json")
        counts: dict[str, int] = json.loads(done.stdout)["changeSummary"]
        return {operation: count for operation, count in counts.items() if operation != "same"}

    def state(self) -> dict[str, Any]:
        exported: dict[str, Any] = json.loads(self.pulumi("stack", "export").stdout)
        return exported["deployment"] or {}

    def resource(self, name: str) -> dict[str, Any]:
        """The one resource of this logical name in the state."""
        (found,) = [one for one in self.state()["resources"] if one["urn"].endswith(f"::{name}")]
        return dict(found)

    def objects(self) -> list[str]:
        """The cloud in a form that can be compared with another's: every object with its inputs, ids by name."""
        objects = self.cloud.objects()
        # Only these ids appear in other objects without being names that we chose.
        names = {one.id: f"<{one.name}>" for one in objects if one.provider == "datadog"}
        made_up = [(one.id.rsplit("/")[-1], one.name) for one in objects if one.provider == "sentry-alerts"]
        names |= {id_: f"<{name}>" for id_, name in made_up if id_.isdigit()}
        names |= {one.properties["internalId"]: "<the team>" for one in objects if one.type == TEAM}
        return sorted(
            _normal(json.dumps([one.type, one.name, _secrets_out(one.inputs)], sort_keys=True), names)
            for one in objects
        )


def wait_until_paused(lab: Lab, process: subprocess.Popen[str]) -> None:
    """Wait until the operation that a `slow` fault waits for has begun."""
    deadline = time.monotonic() + RUN_LIMIT
    while lab.cloud.faults.list():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "the operation never came"
        time.sleep(0.02)


def signal_group(process: subprocess.Popen[str], number: signal.Signals) -> str:
    """Signal the whole process group, as Ctrl-C in a terminal does, and wait for the end; returns what was printed."""
    plugins = _children(process.pid)
    os.killpg(process.pid, number)
    printed = process.communicate(timeout=RUN_LIMIT)[0]
    for plugin in plugins:
        # The engine gives its language host a group of its own; a killed engine cannot take it along.
        with suppress(ProcessLookupError):
            os.kill(plugin, signal.SIGKILL)
    return printed


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _words(task / "children")]


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except FileNotFoundError:
        return []


def _normal(text: str, names: Mapping[str, str]) -> str:
    for id_, name in names.items():
        text = text.replace(id_, name)
    return text


def _secrets_out(value: Any) -> Any:
    if isinstance(value, dict):
        if any("fingerprint" in str(key).lower() for key in value):
            return "a secret"
        return {key: _secrets_out(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_secrets_out(item) for item in value]
    return value

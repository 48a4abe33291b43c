"""The pack in a form that this engine can start.

An installed engine starts `policy/` itself. The language host of the built one cannot start packs (decision 31): for
it, a folder names a runtime that no language plugin has, and the engine then looks for an executable of that name.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import yaml

from policy.configuration import read
from tools.engine import Engine
from tools.engine.engine import BUILD, ROOT

PACK = ROOT / "policy"
PYTHON = ROOT / ".policy" / "bin" / "python"
_RUNTIME = "genonaut-pack"


class PolicyError(Exception):
    """The pack cannot be run; the message says what to do."""


def pack_for(engine: Engine) -> Path:
    """The folder to give to `--policy-pack`. Raises PolicyError where what the pack runs on is not there."""
    if not PYTHON.exists():
        raise PolicyError("The policy pack has no Python environment yet: `make policy-setup` makes it.")
    if not engine.built_here:
        return PACK
    folder = BUILD / "policy"
    folder.mkdir(parents=True, exist_ok=True)
    about = {**yaml.safe_load((PACK / "PulumiPolicy.yaml").read_text()), "runtime": _RUNTIME}
    _write(folder / "PulumiPolicy.yaml", yaml.safe_dump(about, sort_keys=False))
    start = BUILD / "bin" / f"pulumi-analyzer-policy-{_RUNTIME}"
    _write(start, f"#!/bin/sh\nexec {shlex.quote(str(PYTHON))} {shlex.quote(str(PACK))}\n")
    start.chmod(0o755)
    return folder


def configuration_of(stack: str) -> Path | None:
    """The pack's configuration for a stack; None where it has none, and every rule is as strict as it can be."""
    file = PACK / "config" / f"{stack}.json"
    return file if file.exists() else None


def options(engine: Engine, stack: str, configuration: Path | None = None) -> list[str]:
    """The options that make a command of the engine run the pack.

    Raises PolicyError, or ProblemsError with everything that is wrong in the configuration.
    """
    if chosen := configuration or configuration_of(stack):
        read(chosen)
    # Absolute: the engine runs in the project's folder.
    own = ["--policy-pack-config", str(chosen.resolve())] if chosen else []
    return ["--policy-pack", str(pack_for(engine)), *own]


def _write(file: Path, text: str) -> None:
    if not file.exists() or file.read_text() != text:
        file.write_text(text)

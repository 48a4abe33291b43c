"""The states of all stacks that there are: in a real backend, or on the sandboxes of this machine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sandbox.home import DEFAULT_HOME, HOME_VARIABLE, Home
from tools.engine import Engine
from tools.engine.engine import ROOT
from tools.ownership.state import State, StateError, read
from tools.pulumi import Pulumi, PulumiError
from tools.stack.workspace import variables


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What came of reading one stack."""

    stack: str
    state: State | None = None
    """None where nothing is deployed, or it could not be read."""
    problem: str | None = None
    """Why it could not be read."""


def read_all(engine: Engine, cloud: str) -> Iterator[Reading]:
    """Every stack of the backend that Pulumi is logged in to, or of every sandbox here. Raises PulumiError."""
    if cloud == "real":
        yield from read_backend(Pulumi(project=ROOT, environment=engine.environment()), "")
        return
    for home in _homes():
        own = {**os.environ, **variables(home, {"grpc": {}})}
        yield from read_backend(Pulumi(project=ROOT, environment=engine.environment(own)), f"sandbox {home.path.name}")


def _homes() -> list[Home]:
    """The sandboxes of this machine that a stack ever ran on."""
    first = ROOT / os.environ.get(HOME_VARIABLE, str(DEFAULT_HOME))
    folders = [first, *sorted(first.parent.glob(f"{first.name}-*"))]
    return [Home(folder) for folder in folders if Path(folder / "state").is_dir()]


def read_backend(pulumi: Pulumi, cloud: str) -> Iterator[Reading]:
    """Every stack that this engine sees. Raises PulumiError."""
    for listed in json.loads(pulumi.run("stack", "ls", "--json")):
        stack = listed["name"]
        try:
            yield Reading(stack=stack, state=read(pulumi.run("stack", "export", "--stack", stack), stack, cloud))
        except (PulumiError, StateError) as error:
            yield Reading(stack=stack, problem=" ".join(str(error).split()))

"""The settings and specs of a stack as its file has them, read without the engine and without its secrets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from infra.naming import PROJECT
from infra.settings import Settings, load
from stacks.specs import StackSpecs, compose
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY, StackFileError, read_stack_file, readable

# A kubeconfig is not made up: a file that names a path instead must not have both.
_MADE_UP = {key: value for key, value in THROW_AWAY.items() if key != "kubeconfig"}


def stack_names() -> list[str]:
    """The stacks that have a file here."""
    return sorted(path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml"))


def settings_of(stack: str) -> Settings:
    """The settings in `Pulumi.<stack>.yaml`, with made-up secrets: only their owners can decrypt the real ones.

    Raises StackFileError when there is no such file or it is no YAML, ProblemsError with everything wrong in it.
    """
    source = f"Pulumi.{stack}.yaml"
    config = read_stack_file(stack)
    if not isinstance(config.get("config") or {}, Mapping):
        raise StackFileError(f"{source}: `config` is no mapping of keys to values")
    prefix = f"{PROJECT}:"
    plain = {
        key.removeprefix(prefix): value if isinstance(value, str) else json.dumps(value, default=str)
        for key, value in readable(config).items()
        if isinstance(key, str) and key.startswith(prefix)
    }
    # A secret that stands in plain text stays one, and is refused as the program refuses it.
    made_up = {key: value for key, value in _MADE_UP.items() if key not in plain}
    return load({**plain, **made_up}, made_up, source)


@cache
def specs_of(stack: str) -> StackSpecs:
    """Everything the stack consists of; raises as `settings_of` does."""
    return compose(settings_of(stack), stack)

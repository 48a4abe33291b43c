"""The settings of a stack as its file has them, read without the engine."""

from __future__ import annotations

import json
from collections.abc import Mapping

from infra.naming import PROJECT
from infra.settings import Settings, load
from tools.stack.workspace import THROW_AWAY, StackFileError, encrypted, read_stack_file

# A kubeconfig is not made up: a file that names a path instead must not have both.
_MADE_UP = {key: value for key, value in THROW_AWAY.items() if key != "kubeconfig"}


def settings_of(stack: str) -> Settings:
    """The settings in `Pulumi.<stack>.yaml`, with made-up secrets: only their owners can decrypt the real ones.

    Raises StackFileError when there is no such file or it is no YAML, ProblemsError with everything wrong in it.
    """
    source = f"Pulumi.{stack}.yaml"
    config = read_stack_file(stack).get("config") or {}
    if not isinstance(config, Mapping):
        raise StackFileError(f"{source}: `config` is no mapping of keys to values")
    prefix = f"{PROJECT}:"
    plain = {
        key.removeprefix(prefix): value if isinstance(value, str) else json.dumps(value, default=str)
        for key, value in config.items()
        if isinstance(key, str) and key.startswith(prefix) and not encrypted(value)
    }
    # A secret that stands in plain text stays one, and is refused as the program refuses it.
    made_up = {key: value for key, value in _MADE_UP.items() if key not in plain}
    return load({**plain, **made_up}, made_up, source)

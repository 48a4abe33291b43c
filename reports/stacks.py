"""The specs of a stack, read from its file without the engine and without its secrets."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from infra.naming import PROJECT
from infra.settings import SECRETS, Settings, load
from stacks.specs import StackSpecs, compose
from tools.engine.engine import ROOT
from tools.stack.workspace import read_stack_file, readable

UNREAD = "unread"
"""In place of every secret: reports need none, and only their owners can decrypt them."""


def stack_names() -> list[str]:
    """The stacks that have a file here."""
    return sorted(path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml"))


@cache
def settings_of(stack: str) -> Settings:
    """The settings in the stack's file. Raises StackFileError, or ProblemsError with every problem."""
    own = {key.removeprefix(f"{PROJECT}:"): value for key, value in readable(read_stack_file(stack)).items()}
    required = {str(field.alias) for field in Settings.model_fields.values() if field.is_required()}
    secrets = {key: UNREAD for key in SECRETS if key in required}
    plain = {key: _as_handed_over(value) for key, value in own.items() if key not in SECRETS}
    return load({**plain, **secrets}, SECRETS, source=f"Pulumi.{stack}.yaml")


@cache
def specs_of(stack: str) -> StackSpecs:
    """Everything the stack consists of."""
    return compose(settings_of(stack), stack)


def _as_handed_over(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)

"""What production makes of lines."""

from __future__ import annotations

from components.logs.interpret.fate import Fate, fate
from components.logs.spec import LogsSpec
from stacks.specs import compose
from tests.examples import settings


def spec() -> LogsSpec:
    found = compose(settings(), "production").logs
    assert found
    return found


SPEC = spec()


def follow(text: str, service: str = "genonaut-api", environment: str = "production") -> Fate:
    """As if it had been written to standard error, which the agent takes for errors."""
    return fate(SPEC, text, {"env": environment, "service": service}, from_stderr=True)

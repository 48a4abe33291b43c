"""What of a stack this checkout says, for all that a preview leaves out because it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.cost.spec import Bill
from components.routing.compile import compile_rule
from components.routing.quiet import compile_quiet_hours, quiet_hours_key
from components.routing.reach import State
from infra.naming import Tier
from reports.alerts import alerts_of
from reports.cost import bill_of
from reports.routing.matrix import EARLIER
from reports.stacks import settings_of, specs_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """An alert as notification rules see it."""

    tags: frozenset[str]
    states: tuple[State, ...]
    runbook: str
    """File name in docs/runbooks, without `.md`; empty where it names none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkout:
    """The stack as this checkout has it."""

    stack: str
    heard: Mapping[str, Heard]
    """By the alert's key."""
    units: Mapping[str, str]
    """By the alert's key, the unit of what it measures."""
    rules: Mapping[str, Mapping[str, Any]]
    """Compiled notification rules by logical name."""
    downtimes: Mapping[str, Mapping[str, Any]]
    """Compiled quiet hours by logical name."""
    runbook_base_url: str
    bill: Bill | None
    """What it costs a month; None where that is not known."""

    @classmethod
    def unknown(cls, stack: str) -> Checkout:
        """Of a program that fails: nothing but its name."""
        return cls(stack=stack, heard={}, units={}, rules={}, downtimes={}, runbook_base_url="", bill=None)


def checkout(stack: str) -> Checkout:
    """Read it. Raises StackFileError and ProblemsError as `reports.stacks.settings_of` does."""
    routing = specs_of(stack).routing
    hours = routing.working_hours
    alerts = alerts_of(stack)
    return Checkout(
        stack=stack,
        heard={one.key: Heard(tags=one.tags, states=one.states, runbook=one.runbook) for one in alerts},
        units={one.key: one.unit for one in alerts},
        rules={f"notify-{tier}": compile_rule(routing, tier) for tier in Tier},
        downtimes={
            quiet_hours_key(tier, hours): compile_quiet_hours(routing, tier, hours, EARLIER) for tier in routing.quiet
        }
        if hours
        else {},
        runbook_base_url=settings_of(stack).runbooks.base_url,
        bill=bill_of(stack),
    )

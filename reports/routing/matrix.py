"""The routing matrix: alert x state x hour -> who. Computed from what is sent to Datadog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from components.routing.compile import compile_rule
from components.routing.quiet import compile_quiet_hours
from components.routing.reach import Reach, State, reach
from infra.naming import Tier
from reports.alerts import Alert, alerts_of
from reports.stacks import specs_of

WORKING = datetime(2026, 1, 7, 11)
NIGHT = datetime(2026, 1, 7, 23, 30)
WEEKEND = datetime(2026, 1, 10, 12)
"""A Wednesday before noon, its night, and the Saturday after it: one moment of each kind."""
EARLIER = date(2025, 12, 1)
"""A day before which nothing of this matters: quiet hours have begun since."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One change of one alert, and who is told of it."""

    alert: Alert
    state: State
    working: Reach
    night: Reach
    weekend: Reach

    @property
    def reaches(self) -> tuple[Reach, Reach, Reach]:
        """At all kinds of hours."""
        return self.working, self.night, self.weekend


@cache
def matrix(stack: str) -> tuple[Row, ...]:
    """All rows of a stack: only changes that Datadog notifies of."""
    return tuple(_rows(stack))


def _rows(stack: str) -> Iterator[Row]:
    spec = specs_of(stack).routing
    rules = [compile_rule(spec, tier) for tier in Tier]
    hours = spec.working_hours
    downtimes = [compile_quiet_hours(spec, tier, hours, EARLIER) for tier in spec.quiet] if hours else []
    for alert in alerts_of(stack):
        for state in alert.states:
            working, night, weekend = (
                reach(alert.tags, state, moment, rules, downtimes) for moment in (WORKING, NIGHT, WEEKEND)
            )
            yield Row(alert=alert, state=state, working=working, night=night, weekend=weekend)

"""An alert as the rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from components.monitors.compile import runbook_url
from components.monitors.condition import STATUSES_PER_MINUTE, CheckCondition, MetricCondition
from components.monitors.spec import MonitorSpec, TierSpec
from contract.query import MonitorQuery, selections
from contract.query.check import ServiceCheckMonitor
from contract.query.event import EventMonitor
from contract.query.metric import MetricMonitor, MetricSelection, Tag

Finding: TypeAlias = tuple[str, str, str]
"""The field of the alert, what is wrong with it, what would be right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One alert, with what was compiled from it."""

    spec: MonitorSpec
    tier: TierSpec
    arguments: Mapping[str, Any]
    """Of the monitor that evaluates the condition."""
    composite: Mapping[str, Any] | None
    """Of the composite, where the alert has causes; without its query."""
    tree: MonitorQuery

    @property
    def group_by(self) -> tuple[str, ...]:
        """The tag keys whose every combination of values is a state of its own; empty: there is one state."""
        if isinstance(self.tree, ServiceCheckMonitor | EventMonitor):
            return tuple(key for key in self.tree.group_by if key != "*")
        return tuple(dict.fromkeys(key for one in self.selections() for key in one.group_by))

    @property
    def scope_keys(self) -> frozenset[str]:
        """The tag keys that have one value in all that is watched."""
        if isinstance(self.tree, ServiceCheckMonitor):
            return frozenset(tag.partition(":")[0] for tag in self.tree.over if ":" in tag)
        return frozenset(
            condition.key
            for one in self.selections()
            for condition, negated in one.conditions()
            if isinstance(condition, Tag) and condition.key and not negated and not condition.is_pattern
        )

    @property
    def memory(self) -> float:
        """Seconds for which what has happened can still be seen by the alert."""
        condition = self.spec.condition
        if isinstance(condition, CheckCondition):
            return condition.successes * 60 / STATUSES_PER_MINUTE
        window = self.tree.window.seconds if isinstance(self.tree, MetricMonitor | EventMonitor) else 0
        change = self.tree.change if isinstance(self.tree, MetricMonitor) else None
        delay = condition.evaluation_delay if isinstance(condition, MetricCondition) else 0
        return window + delay + (change.shift.seconds if change else 0)

    @property
    def runbook(self) -> str:
        """Where its runbook is read."""
        return runbook_url(self.spec, self.tier)

    def monitors(self) -> Iterator[Mapping[str, Any]]:
        """What was compiled: the monitor that evaluates the condition, and the composite where there is one."""
        yield self.arguments
        if self.composite is not None:
            yield self.composite

    def selections(self) -> Iterator[MetricSelection]:
        """Every metric the query reads."""
        return selections(self.tree)

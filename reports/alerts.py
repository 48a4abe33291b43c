"""The alerts of a stack as people meet them: one view of all kinds, taken from what is sent to Datadog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from components.monitors.compile import compile_composite, compile_monitor
from components.routing.reach import State
from components.slos.alerts import plans
from components.synthetics.compile import compile_probe
from infra.naming import BURN_IN, Environment, Mark
from reports.stacks import settings_of, specs_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """One alert of one stack."""

    key: str
    title: str
    tags: frozenset[str]
    """All its tags in Datadog."""
    type: str
    query: str
    thresholds: Mapping[str, str]
    """By Datadog's names: critical, warning and where they end."""
    unit: str
    meaning: str
    silence: str
    """What missing data says."""
    unless: tuple[str, ...]
    """Keys of the alerts that quieten it while they are on."""
    runbook: str
    """File name in docs/runbooks, without `.md`."""
    tells_missing_data: bool
    """Whether somebody is told when its data stop."""

    def tag(self, name: str) -> str:
        """The value of a tag; empty where it has none."""
        return next((tag.partition(":")[2] for tag in sorted(self.tags) if tag.startswith(f"{name}:")), "")

    @property
    def burns_in(self) -> bool:
        """Whether it is being tried."""
        return BURN_IN in self.tags

    @property
    def states(self) -> tuple[State, ...]:
        """The changes that Datadog sends notifications of."""
        warns = (State.WARNING,) if "warning" in self.thresholds else ()
        missing = (State.NO_DATA,) if self.tells_missing_data else ()
        return (State.ALERT, *warns, *missing, State.RECOVERY)


@cache
def alerts_of(stack: str) -> tuple[Alert, ...]:
    """All alerts of a stack that notification rules go by, by tier, then by key."""
    order = {f"tier:{tier.tier}": n for n, tier in enumerate(specs_of(stack).monitors)}
    found = [*_monitors(stack), *_burns(stack), *_probes(stack)]
    return tuple(sorted(found, key=lambda one: (order.get(f"tier:{one.tag('tier')}", len(order)), one.key)))


def _monitors(stack: str) -> Iterator[Alert]:
    for tier in specs_of(stack).monitors:
        for spec in tier.monitors:
            measured = compile_monitor(spec, tier)
            # Where a cause can quieten it, another monitor speaks for the one that measures.
            speaking = compile_composite(spec, tier) if spec.unless else measured
            yield Alert(
                key=spec.key,
                title=spec.title,
                tags=_tags(stack, spec.key, speaking),
                type=measured["type"],
                query=measured["query"],
                thresholds=measured["monitor_thresholds"],
                unit=spec.unit,
                meaning=spec.meaning,
                silence=spec.silence,
                unless=spec.unless,
                runbook=spec.runbook,
                tells_missing_data=tells_missing_data(speaking),
            )


def _burns(stack: str) -> Iterator[Alert]:
    objectives = specs_of(stack).objectives
    for plan in (plan for slo in objectives.slos for plan in plans(slo, objectives)):
        # The others are conditions of these, and speak to nobody.
        if any(tag.startswith("tier:") for tag in plan.arguments["tags"]):
            kind = {"type": plan.arguments["type"], "query": plan.text}
            yield _of_message(stack, plan.key, plan.arguments, **kind)


def _probes(stack: str) -> Iterator[Alert]:
    probes = specs_of(stack).probes
    for probe in probes.probes:
        yield _of_message(stack, probe.key, compile_probe(probe, probes), type="synthetics alert", query="")


def _of_message(stack: str, key: str, arguments: Mapping[str, Any], *, type: str, query: str) -> Alert:
    message: str = arguments["message"]
    return Alert(
        key=key,
        title=arguments["name"],
        tags=_tags(stack, key, arguments),
        type=type,
        query=query,
        thresholds=arguments.get("monitor_thresholds", {}),
        unit="",
        meaning=message.partition("{{#is_alert}}")[2].partition("{{/is_alert}}")[0].strip(),
        silence="",
        unless=(),
        runbook=message.rpartition("/")[2].removesuffix(".md"),
        tells_missing_data=tells_missing_data(arguments),
    )


def _tags(stack: str, key: str, arguments: Mapping[str, Any]) -> frozenset[str]:
    """A compiled monitor's own tags and those that every resource of the stack gets (infra/transforms.py)."""
    return frozenset({*arguments["tags"], f"env:{_environment(stack)}", *Mark(stack).tags(key)})


@cache
def _environment(stack: str) -> Environment:
    return settings_of(stack).environment


def tells_missing_data(arguments: Mapping[str, Any]) -> bool:
    """Whether a compiled monitor notifies when its data stop."""
    return arguments.get("on_missing_data") == "show_and_notify_no_data" or bool(arguments.get("notify_no_data"))

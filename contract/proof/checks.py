"""Whether a service check monitor hears of something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract.proof import values
from contract.proof.hints import did_you_mean
from contract.query.check import ServiceCheckMonitor
from contract.telemetry import CHECKS, ServiceCheck, Status
from contract.world import World

_ANY = "*"


def prove_check(monitor: ServiceCheckMonitor, options: Mapping[str, Any], world: World) -> Iterator[str]:
    """Findings about the check, its tags and the statuses it is counted by."""
    check = CHECKS.get(monitor.check)
    if check is None:
        yield f"nobody reports the check {monitor.check}{did_you_mean(monitor.check, CHECKS)}"
        return
    if check.source in world.silent:
        yield f"{check.name} is not sent here; its sender is not at work: {check.source}"
    for condition in monitor.over:
        yield from _condition(check, condition, world, negated=condition.startswith("!"))
    for condition in monitor.exclude:
        yield from _condition(check, condition, world, negated=True)
    for key in monitor.group_by:
        if key != _ANY and check.tag(key) is None:
            yield values.unknown_key(check.name, key, (tag.key for tag in check.tags))
    yield from _statuses(check, options)


def _condition(check: ServiceCheck, condition: str, world: World, *, negated: bool) -> Iterator[str]:
    key, colon, value = condition.removeprefix("!").partition(":")
    if condition == _ANY:
        return
    tag = check.tag(key)
    if not colon:
        yield f"{check.name}: the tag {condition} has no key; every tag here is key:value"
    elif tag is None:
        yield values.unknown_key(check.name, key, (tag.key for tag in check.tags))
    elif not negated and (finding := values.impossible(tag, value, world)):
        yield f"{check.name}: {finding}"


def _statuses(check: ServiceCheck, options: Mapping[str, Any]) -> Iterator[str]:
    thresholds = options.get("thresholds")
    for name in thresholds if isinstance(thresholds, Mapping) else ():
        if name in set(Status) and name not in check.statuses:
            answers = ", ".join(sorted(check.statuses))
            yield f"{check.name} is never {name}: it answers {answers}"

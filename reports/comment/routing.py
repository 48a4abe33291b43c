"""Who would be told of what: alerts before and after, each under the rules and quiet hours before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from components.routing.reach import Reach, State, reach
from infra.naming import BURN_IN, PAGERS, Tier
from reports.comment.alerts import alert_key, runbook_of
from reports.comment.areas import DOWNTIME, MONITOR, RULE, TEST
from reports.comment.changes import Change
from reports.comment.checkout import Checkout, Heard
from reports.comment.monitor import COMPOSITE, tag
from reports.routing.matrix import NIGHT, WEEKEND, WORKING

Thing = TypeVar("Thing")
HOURS = {"working hours": WORKING, "nights": NIGHT, "weekends": WEEKEND}


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Everything that decides who is told."""

    heard: Mapping[str, Heard]
    rules: Mapping[str, Mapping[str, Any]]
    downtimes: Mapping[str, Mapping[str, Any]]

    def told(self, key: str, state: State) -> tuple[Reach, ...] | None:
        """Who is told of this change of this alert, for each kind of hours; None where the alert does not say it."""
        one = self.heard.get(key)
        if one is None or state not in one.states:
            return None
        rules, downtimes = self.rules.values(), self.downtimes.values()
        return tuple(reach(one.tags, state, moment, rules, downtimes) for moment in HOURS.values())

    def paged(self) -> set[tuple[str, str]]:
        """Every alert with each handle that it wakes."""
        return {
            (key, handle)
            for key in self.heard
            for one in self.told(key, State.ALERT) or ()
            for handle in one.recipients
            if handle.startswith(PAGERS)
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One change of an alert of which others are told than before."""

    key: str
    tier: str
    state: State
    before: tuple[Reach, ...] | None
    after: tuple[Reach, ...] | None
    burns_in: bool

    @property
    def fewer(self) -> bool:
        """Whether somebody who is told now would not be told any more, of an alert that stays."""
        if self.before is None or self.after is None:
            return False
        return any(
            set(was.recipients) - set(will_be.recipients) for was, will_be in zip(self.before, self.after, strict=True)
        )


def worlds(changes: Iterable[Change], known: Checkout) -> tuple[World, World]:
    """Before and after. What the preview leaves out stays as it is, so the checkout has it as it is."""
    every = tuple(changes)
    sides = []
    for side in (_before, _after):
        heard = dict(known.heard)
        for change in every:
            if change.type in {MONITOR, TEST}:
                _overlay_alert(heard, change, side(change), known)
        rules = _overlaid(known.rules, every, RULE, side)
        sides.append(World(heard=heard, rules=rules, downtimes=_overlaid(known.downtimes, every, DOWNTIME, side)))
    return sides[0], sides[1]


def told_otherwise(before: World, after: World) -> Iterator[Told]:
    """What others are told of than before, also of alerts that come or go; by tier, then by key."""
    order = [*Tier, ""]
    found = []
    for key in {*before.heard, *after.heard}:
        tags = (after.heard.get(key) or before.heard[key]).tags
        tier = tag({"tags": sorted(tags)}, "tier")
        for state in State:
            was, will_be = before.told(key, state), after.told(key, state)
            if was != will_be:
                burns_in = BURN_IN in tags
                found.append(Told(key=key, tier=tier, state=state, before=was, after=will_be, burns_in=burns_in))
    states = list(State)
    yield from sorted(found, key=lambda one: (order.index(one.tier), one.key, states.index(one.state)))


def _before(change: Change) -> Mapping[str, Any]:
    return change.before


def _after(change: Change) -> Mapping[str, Any]:
    return change.after


def _overlay_alert(heard: dict[str, Heard], change: Change, inputs: Mapping[str, Any], known: Checkout) -> None:
    key = alert_key(change)
    if not inputs:
        # A part that goes beside one that stays is not the alert's end.
        if change.name == key:
            heard.pop(key, None)
        return
    tags = frozenset(inputs.get("tags") or ())
    if change.name == key and any(one.startswith("tier:") for one in tags):
        states = known.heard[key].states if key in known.heard and inputs.get("type") == COMPOSITE else _states(inputs)
        runbook = runbook_of(inputs).rpartition("/")[2].removesuffix(".md")
        heard[key] = Heard(tags=tags, states=states, runbook=runbook)


def _states(inputs: Mapping[str, Any]) -> tuple[State, ...]:
    silent = inputs.get("onMissingData") == "show_and_notify_no_data" or bool(inputs.get("notifyNoData"))
    warns = "warning" in (inputs.get("monitorThresholds") or {})
    return (
        State.ALERT,
        *((State.WARNING,) if warns else ()),
        *((State.NO_DATA,) if silent else ()),
        State.RECOVERY,
    )


def _overlaid(
    known: Mapping[str, Mapping[str, Any]],
    changes: Iterable[Change],
    type_token: str,
    side: Callable[[Change], Mapping[str, Any]],
) -> dict[str, Mapping[str, Any]]:
    found = dict(known)
    for change in (one for one in changes if one.type == type_token):
        inputs = side(change)
        if inputs:
            found[change.name] = _compiled(inputs)
        else:
            found.pop(change.name, None)
    return found


def _compiled(value: Any) -> Any:
    """A state's inputs with the names that the SDK's arguments have."""
    if isinstance(value, Mapping):
        return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key).lower(): _compiled(one) for key, one in value.items()}
    return [_compiled(one) for one in value] if isinstance(value, list) else value

"""What two stacks both own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.naming import PROJECT
from tools.ownership.claims import ORG_WIDE, Claim, claims
from tools.ownership.state import State


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Collision:
    """One thing that is owned where it must not be, and what to do."""

    type: str
    what: str
    owners: tuple[tuple[str, str], ...]
    """Stack and URN, sorted."""
    advice: str

    def __str__(self) -> str:
        head = f"{self.type}: {self.what}"
        return "\n".join([head, *(f"    {stack}: {urn}" for stack, urn in self.owners), f"    {self.advice}"])


def collisions(states: Iterable[State]) -> list[Collision]:
    """All collisions between the states, sorted. Two states of one stack are one, and collide with nothing."""
    by_stack = {(one.project, one.stack): one for one in states}
    ordered = [by_stack[key] for key in sorted(by_stack)]
    return sorted({*_claimed_twice(ordered), *_not_the_owner(ordered)})


def _claimed_twice(states: list[State]) -> Iterator[Collision]:
    claimed: dict[Claim, dict[str, tuple[State, str]]] = {}
    for state in states:
        for claim, resource in claims(state):
            key = f"{state.project}/{state.stack}"
            claimed.setdefault(claim, {}).setdefault(key, (state, resource["urn"]))
    reported: set[tuple[str, ...]] = set()
    for claim, by in claimed.items():
        urns = tuple(sorted(urn for _, urn in by.values()))
        # The same object has the same name, too: once is enough, and the id comes first.
        if len(by) == 1 or urns in reported:
            continue
        reported.add(urns)
        yield _collision(claim, list(by.values()))


def _collision(claim: Claim, by: list[tuple[State, str]]) -> Collision:
    keeper = _keeper(claim.type, [state for state, _ in by])
    others = [(state, urn) for state, urn in by if state is not keeper]
    let_go = "; ".join(_delete(state, urn) for state, urn in others)
    if claim.what.startswith("the object "):
        advice = f"Leave it to {keeper}: take it out of the other's catalog, and let the other forget it: {let_go}"
    else:
        advice = f"Rename one of them, or leave it to {keeper} and let the other forget its own: {let_go}"
    return Collision(
        type=claim.type,
        what=f"{claim.what} ({claim.place})",
        owners=tuple(sorted((state.stack, urn) for state, urn in by)),
        advice=advice,
    )


def _keeper(type_token: str, states: list[State]) -> State:
    """Who keeps it: the owner of what the organisation shares, else the first by name."""
    owners = [one for one in states if one.owner == one.stack and type_token in ORG_WIDE]
    return min(owners or states, key=lambda one: (one.stack, one.project))


def _not_the_owner(states: list[State]) -> Iterator[Collision]:
    for state in states:
        if state.project != PROJECT or state.owner in {None, state.stack}:
            continue
        for resource in state.resources:
            if resource["type"] in ORG_WIDE:
                yield _foreign(state, resource)


def _foreign(state: State, resource: Mapping[str, Any]) -> Collision:
    return Collision(
        type=resource["type"],
        what=f"the object {resource['id']} is the whole organisation's, and {state} is not its owner stack",
        owners=((state.stack, resource["urn"]),),
        advice=f"Only {state.owner} makes these (`datadog.ownerStack`). Take it out of {state}'s program; where "
        f"{state.owner} has it as well, let {state} forget it first: {_delete(state, resource['urn'])}",
    )


def _delete(state: State, urn: str) -> str:
    return f"`pulumi state delete '{urn}' --stack {state.stack}`"

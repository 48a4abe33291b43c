"""Whether a condition on a tag can hold: the key is sent, and the value occurs in this environment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from contract.proof.hints import did_you_mean
from contract.query.metric import And, Membership, MetricSelection, Not, Or, Tag, TemplateVariable
from contract.telemetry.model import Tag as EmittedTag
from contract.world import World

Variables = Mapping[str, str]
"""A dashboard's template variables: names without `$`, and the tag keys they choose among."""

LEGACY_KEYS: Mapping[str, str] = {
    # What the kube-state check before `kubernetes_state_core` called them.
    "deployment": "kube_deployment",
    "statefulset": "kube_stateful_set",
    "daemonset": "kube_daemon_set",
    "replicaset": "kube_replica_set",
    "cronjob": "kube_cronjob",
    "job": "kube_job",
    "job_name": "kube_job",
    "container": "kube_container_name",
    "namespace": "kube_namespace",
    "pod": "pod_name",
    "phase": "pod_phase",
    "environment": "env",
}
_SHOWN = 8


def conditions(selection: MetricSelection) -> Iterator[tuple[str, str, bool]]:
    """Key, value and whether negated, for every condition of a metric query that names a key."""
    for condition, negated in selection.conditions():
        match condition:
            case Tag(key=str(key), value=value):
                yield key, value, negated
            case Membership(key=key, values=values):
                yield from ((key, value, negated) for value in values)
            case _:
                pass


def required(selection: MetricSelection) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Key, values and whether negated, for every condition that must hold by itself: those no OR weakens."""
    pending = [(selection.scope, False)]
    while pending:
        node, negated = pending.pop()
        match node:
            case And(operands=operands) if not negated:
                pending += [(operand, negated) for operand in operands]
            case Or(operands=operands) if negated:
                pending += [(operand, negated) for operand in operands]
            case Not(operand=operand):
                pending.append((operand, not negated))
            case Tag(key=str(key), value=value):
                yield key, (value,), negated
            case Membership(key=key, values=values):
                yield key, values, negated != node.negated
            case _:
                pass


def unkeyed(selection: MetricSelection) -> Iterator[str]:
    """The bare words of a scope: tags without a key."""
    for condition, _ in selection.conditions():
        if isinstance(condition, Tag) and condition.key is None:
            yield condition.value


def variables(selection: MetricSelection) -> Iterator[str]:
    """The names of template variables that stand for whole tags."""
    for condition, _ in selection.conditions():
        if isinstance(condition, TemplateVariable):
            yield condition.name


def unknown_key(what: str, key: str, keys: Iterable[str]) -> str:
    """Say that a key is not sent, and which one may be meant."""
    known = sorted(keys)
    meant = LEGACY_KEYS.get(key)
    hint = f": did you mean {meant}?" if meant in known else did_you_mean(key, known)
    return f"{what} carries no tag {key}{hint or ': it has ' + (', '.join(known) or 'none')}"


def occurring(tag: EmittedTag, world: World) -> frozenset[str] | None:
    """All values a tag can have here; None where it can have any."""
    return world.possible(tag.key, tag.doing) if tag.values is None else tag.values


def matching(possible: Iterable[str], pattern: str) -> frozenset[str]:
    """Those values that a pattern with `*` stands for."""
    # Brackets and question marks are nothing special in a scope.
    expression = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
    return frozenset(one for one in possible if expression.fullmatch(one))


def impossible(tag: EmittedTag, value: str, world: World) -> str | None:
    """Say that no series can have this value, with what it can be; None where one can."""
    possible = occurring(tag, world)
    if possible is None or "$" in value or matching(possible, value):
        return None
    if tag.key == "env":
        return f"env:{value} is not sent from here: this environment is {world.environment}"
    if hint := did_you_mean(value.lower(), possible):
        return f"{tag.key}:{value} does not occur{hint}"
    shown = sorted(possible)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    listed = ", ".join(shown[:_SHOWN]) + more
    return f"{tag.key}:{value} does not occur: it is {listed}" if shown else f"{tag.key}:{value}: nobody sends it here"

"""Rules about symptoms and their causes: no cause may quieten a symptom without somebody hearing of the cause.

What a composite makes of its members' states: https://docs.datadoghq.com/monitors/types/composite/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from components.monitors.compile import composite_query, policy
from components.monitors.condition import STATUSES_PER_MINUTE, CheckCondition, MetricCondition
from components.monitors.lint.judged import Finding, Judged
from components.monitors.spec import MissingData, Stage
from contract.proof import prove_composite


def findings(alerts: Sequence[Judged]) -> Iterator[tuple[str, Finding]]:
    """What is wrong with causes, each with the key of its alert. The alerts are given in the order of their urgency.

    The ids of causes must be known when a composite is declared: a cause is no less urgent than its symptoms.
    """
    by_key = {one.spec.key: one for one in alerts}
    types = {key: one.arguments["type"] for key, one in by_key.items()}
    order = list(dict.fromkeys(one.spec.tier for one in alerts))
    for symptom in alerts:
        spec = symptom.spec
        if not spec.unless:
            continue
        query = composite_query(spec, {key: f"{{{key}}}" for key in (spec.key, *spec.unless)})
        yield from (
            (spec.key, ("unless", found, "keys of alerts of the catalog")) for found in prove_composite(query, types)
        )
        if symptom.group_by:
            # Only states of the same groups are combined, and the cause has one state.
            yield spec.key, ("unless", f"is told apart by {', '.join(symptom.group_by)}", "a symptom has one state")
        for cause in (by_key[key] for key in spec.unless if key in by_key):
            if order.index(cause.spec.tier) > order.index(spec.tier):
                what = f"{cause.spec.key} is less urgent than what it quietens"
                yield spec.key, ("unless", what, f"a {cause.spec.tier} alert cannot quieten a {spec.tier} one")
            yield from ((spec.key, finding) for finding in _timing(symptom, cause))
    named = {key for one in alerts for key in one.spec.unless}
    for one in alerts:
        if one.spec.key in named:
            yield from ((one.spec.key, finding) for finding in _cause(one))
    yield from _circles(alerts)


def _timing(symptom: Judged, cause: Judged) -> Iterator[Finding]:
    """A cause is known before its symptoms, and remembered until their windows hold nothing of it any more."""
    condition = cause.spec.condition
    if not isinstance(condition, CheckCondition) or condition.aftermath is None:
        yield "unless", f"{cause.spec.key} is no cause", "an alert with a CheckCondition that has an aftermath"
        return
    begins = condition.failures * 60 / STATUSES_PER_MINUTE
    if isinstance(symptom.spec.condition, MetricCondition) and symptom.spec.condition.evaluation_delay < begins:
        what = f"may begin before {cause.spec.key} does"
        yield "evaluation_delay", what, f"at least the {begins:g} s after which the cause is known"
    if symptom.memory > condition.aftermath * 60:
        what = f"still sees what {cause.spec.key} has done when its aftermath is over"
        yield "unless", what, f"an aftermath of at least {symptom.memory / 60:g} minutes, or no such cause"


def _cause(judged: Judged) -> Iterator[Finding]:
    if judged.group_by:
        yield (
            "condition",
            f"quietens others, but is told apart by {', '.join(judged.group_by)}",
            "a cause has one state",
        )
    if policy(judged.spec, judged.tier.urgency) in {MissingData.SHOW, MissingData.NOTIFY}:
        # "Not (no data)" is "no data": the symptom would keep its last state for as long as the cause is silent.
        yield "on_missing_data", "quietens others, and would do so for ever without data", "DEFAULT or RESOLVE"
    if judged.spec.stage is Stage.BURN_IN:
        yield "stage", "quietens others while nobody hears of it", "LIVE"


def _circles(alerts: Sequence[Judged]) -> Iterator[tuple[str, Finding]]:
    graph = {one.spec.key: one.spec.unless for one in alerts if one.spec.unless}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        yield circle[0], ("unless", f"quietens itself: {' -> '.join(circle)}", "leave one of them out")

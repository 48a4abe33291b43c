"""Rules about symptoms and their causes: no cause may quieten a symptom without somebody hearing of the cause.

What a composite makes of its members' states: https://docs.datadoghq.com/monitors/types/composite/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from components.monitors.compile import composite_query, policy
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
    named = {key for one in alerts for key in one.spec.unless}
    for one in alerts:
        if one.spec.key in named:
            yield from ((one.spec.key, finding) for finding in _cause(one))
    yield from _circles(alerts)


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

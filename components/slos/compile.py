"""From objectives to the arguments of Datadog SLOs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from components.slos import burn
from components.slos.alerts import SPEED, plans
from components.slos.spec import Events, ObjectivesSpec, SloSpec, Time
from contract.proof import prove_composite, prove_monitor, prove_slice, prove_slo
from contract.query.text import number_text
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

LONGEST_WINDOW_HOURS = 48
MOST_DECIMALS = 3
"""Of a target: https://docs.datadoghq.com/service_level_objectives/metric/."""
_SLO_ID = "0" * 32
"""In the form of Datadog's: the real one is not known before the objective is made."""


def check(spec: ObjectivesSpec, world: World) -> list[Problem]:
    """Everything that is wrong with these objectives and their alerts in this environment."""
    counts = Counter(slo.key for slo in spec.slos)
    repeated = [
        Problem(f"slos.{key}", f"{n} objectives have this key", "keys are unique") for key, n in counts.items() if n > 1
    ]
    limits = [*_wrong_limits(spec), *_wrong_windows(spec)]
    return [
        *repeated,
        *limits,
        *(Problem(f"slos.{slo.key}", what, hint) for slo in spec.slos for what, hint in _wrong(slo, world)),
        # Wrong windows make no monitors that could be judged.
        *([] if limits else _wrong_alerts(spec, world)),
    ]


def compile_slo(spec: SloSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.ServiceLevelObjective` for this objective."""
    return {
        "name": spec.title,
        "description": spec.description,
        **_measured(spec.sli),
        "thresholds": [{"timeframe": spec.timeframe, "target": spec.target, "warning": spec.warning}],
        "timeframe": spec.timeframe,
        "target_threshold": spec.target,
        "warning_threshold": spec.warning,
        "tags": [f"service:{spec.service}", f"team:{spec.owner}"],
        # Checked here, before anything is declared; the provider would ask the API at every preview.
        "validate": False,
    }


def _measured(sli: Events | Time) -> dict[str, Any]:
    match sli:
        case Events(bad=bad, total=total):
            return {"type": "metric", "query": {"numerator": _good(bad, total), "denominator": total}}
        case Time():
            query = {"metric_query": {"data_source": "metrics", "name": "value", "query": sli.query}}
            measured = {
                "query": {"formula": {"formula_expression": "value"}, "queries": [query]},
                "comparator": sli.comparator,
                "threshold": sli.limit,
                "query_interval_seconds": sli.slice_seconds,
            }
            return {"type": "time_slice", "sli_specification": {"time_slice": measured}}


def _wrong(spec: SloSpec, world: World) -> Iterator[tuple[str, str]]:
    if not is_logical_name(spec.key):
        yield "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    if not 0 < spec.target < spec.warning < 100:  # noqa: PLR2004 (percent)
        yield f"target {spec.target:g} and warning {spec.warning:g} do not fit", "0 < target < warning < 100"
    for name, value in (("target", spec.target), ("warning", spec.warning)):
        if round(value, MOST_DECIMALS) != value:
            yield f"{name} {number_text(value)} is too exact", f"at most {MOST_DECIMALS} decimals"
    match spec.sli:
        case Events(bad=bad, total=total):
            findings = prove_slo(_good(bad, total), total, world)
        case Time(query=query, comparator=comparator, limit=limit):
            findings = prove_slice(query, comparator, limit, world)
    for finding in findings:
        yield finding, "see contract/"


def _good(bad: str, total: str) -> str:
    return f"{total} - {bad}"


def _wrong_windows(spec: ObjectivesSpec) -> Iterator[Problem]:
    for timeframe, windows in spec.windows.items():
        lengths = [window.long_hours for window in windows]
        for window in windows:
            where = f"slos.{timeframe}.{window.long_hours}h"
            if not 1 <= window.long_hours <= LONGEST_WINDOW_HOURS:
                yield Problem(where, "the window is too short or too long", f"1 to {LONGEST_WINDOW_HOURS} hours")
            if not 0 < window.short_minutes < window.long_hours * 60:
                yield Problem(
                    where, f"its short window is {window.short_minutes} min", "shorter than the long one: a twelfth"
                )
            if not 0 < window.budget <= 100:  # noqa: PLR2004 (percent)
                yield Problem(where, f"{window.budget:g} % of the budget", "more than 0, at most 100")
            if window.tier not in SPEED:
                yield Problem(where, f"no burn is of tier {window.tier}", f"one of {', '.join(SPEED)}")
            if lengths.count(window.long_hours) > 1:
                yield Problem(where, "there are several windows of this length", "one for each")


def _unreachable(slo: SloSpec, spec: ObjectivesSpec) -> Iterator[tuple[str, str]]:
    highest = burn.highest(slo.target)
    for window in spec.windows[slo.timeframe]:
        name, rate = f"the burn window of {window.long_hours} h", burn.factor(window, slo.timeframe)
        if rate > highest:
            yield (
                f"{name} alerts at a rate of {float(rate):g}, which cannot be reached",
                f"at most 1/(1-target) = {float(highest):g}: a smaller budget or a longer window",
            )


def _wrong_alerts(spec: ObjectivesSpec, world: World) -> Iterator[Problem]:
    for slo in spec.slos:
        if not spec.windows.get(slo.timeframe):
            yield Problem(f"slos.{slo.key}", f"there are no burn windows for {slo.timeframe}", "add them")
            continue
        if 0 < slo.target < 100:  # noqa: PLR2004 (percent; told elsewhere)
            yield from (Problem(f"slos.{slo.key}", what, hint) for what, hint in _unreachable(slo, spec))
        made = list(plans(slo, spec))
        types = {plan.key: plan.arguments["type"] for plan in made}
        for plan in made:
            if not is_logical_name(plan.key):
                yield Problem(f"slos.{slo.key}", f"its monitor {plan.key!r} is too long a name", "a shorter key")
            if types[plan.key] == "composite":
                findings = prove_composite(plan.text, types)
            else:
                options = {"thresholds": plan.arguments["monitor_thresholds"]}
                findings = prove_monitor(types[plan.key], plan.query({slo.key: _SLO_ID}), options, world)
            for finding in findings:
                yield Problem(f"slos.{slo.key}", f"its monitor {plan.key}: {finding}", "see contract/")


def _wrong_limits(spec: ObjectivesSpec) -> Iterator[Problem]:
    if not 0 < spec.budget_spent_warning < spec.budget_spent <= 100:  # noqa: PLR2004 (percent)
        yield Problem(
            "slos",
            f"budget spent {spec.budget_spent:g} and warning {spec.budget_spent_warning:g} do not fit",
            "0 < warning < spent <= 100",
        )
    if spec.fewest_bad_events < 1:
        yield Problem("slos", f"{spec.fewest_bad_events} bad events guard nothing", "1 or more")

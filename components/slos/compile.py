"""From objectives to the arguments of Datadog SLOs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from components.slos import burn
from components.slos.alerts import plans
from components.slos.spec import Events, ObjectivesSpec, SloSpec, Time
from contract.proof import prove_metric, prove_monitor
from contract.query.text import number_text
from infra.naming import is_logical_name
from infra.problems import Problem

LONGEST_WINDOW_HOURS = 48
MOST_DECIMALS = 3
"""Of a target: https://docs.datadoghq.com/service_level_objectives/metric/."""
_SLO_ID = "0" * 32


def check(spec: ObjectivesSpec) -> list[Problem]:
    """Everything that is wrong with these objectives and their alerts."""
    counts = Counter(slo.key for slo in spec.slos)
    repeated = [
        Problem(f"slos.{key}", f"{n} objectives have this key", "keys are unique") for key, n in counts.items() if n > 1
    ]
    return [
        *repeated,
        *(Problem(f"slos.{slo.key}", what, hint) for slo in spec.slos for what, hint in _wrong(slo)),
        *(Problem(f"slos.{slo.key}", what, hint) for slo in spec.slos for what, hint in _wrong_windows(slo, spec)),
        *_wrong_limits(spec),
        *_wrong_alerts(spec),
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
            return {"type": "metric", "query": {"numerator": f"{total} - {bad}", "denominator": total}}
        case Time():
            query = {"metric_query": {"data_source": "metrics", "name": "value", "query": sli.query}}
            measured = {
                "query": {"formula": {"formula_expression": "value"}, "queries": [query]},
                "comparator": sli.comparator,
                "threshold": sli.limit,
                "query_interval_seconds": sli.slice_seconds,
            }
            return {"type": "time_slice", "sli_specification": {"time_slice": measured}}


def _wrong(spec: SloSpec) -> Iterator[tuple[str, str]]:
    if not is_logical_name(spec.key):
        yield "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    if not 0 < spec.target < spec.warning < 100:  # noqa: PLR2004 (percent)
        yield f"target {spec.target:g} and warning {spec.warning:g} do not fit", "0 < target < warning < 100"
    for name, value in (("target", spec.target), ("warning", spec.warning)):
        if round(value, MOST_DECIMALS) != value:
            yield f"{name} {number_text(value)} is too exact", f"at most {MOST_DECIMALS} decimals"
    match spec.sli:
        case Events(bad=bad, total=total):
            queries = {"bad": bad, "total": total}
        case Time(query=query):
            queries = {"query": query}
    for side, query in queries.items():
        for finding in prove_metric(query):
            yield f"{side}: {finding}", "see contract/"


def _wrong_windows(spec: SloSpec, all_of_them: ObjectivesSpec) -> Iterator[tuple[str, str]]:
    if not 0 < spec.target < 100:  # noqa: PLR2004 (percent; told above)
        return
    windows = all_of_them.windows.get(spec.timeframe, ())
    if not windows:
        yield f"nobody is told when its budget burns: there are no windows for {spec.timeframe}", "add them"
    highest = burn.highest(spec.target)
    for window in windows:
        name, rate = f"the burn window of {window.long_hours} h", burn.factor(window, spec.timeframe)
        if not 1 <= window.long_hours <= LONGEST_WINDOW_HOURS:
            yield f"{name} is too short or too long", f"1 to {LONGEST_WINDOW_HOURS} hours"
        if not 0 < window.short_minutes < window.long_hours * 60:
            yield f"{name} has a short window of {window.short_minutes} min", "shorter than the long one: a twelfth"
        if not 0 < rate <= highest:
            yield (
                f"{name} alerts at a burn rate of {float(rate):g}, which cannot be reached",
                f"more than 0, at most 1/(1-target) = {float(highest):g}: a smaller budget or a longer window",
            )


def _wrong_alerts(spec: ObjectivesSpec) -> Iterator[Problem]:
    for slo in spec.slos:
        for plan in plans(slo, spec):
            if not is_logical_name(plan.key):
                yield Problem(f"slos.{slo.key}", f"its monitor {plan.key!r} is too long a name", "a shorter key")
            options = {"thresholds": plan.arguments.get("monitor_thresholds")}
            # Ids are not known before the objects are made; these have the forms of Datadog's.
            ids = {name: _SLO_ID if name == slo.key else str(number) for number, name in enumerate(plan.refers_to, 1)}
            for finding in prove_monitor(plan.arguments["type"], plan.query(ids), options):
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

"""Service level objectives: the API's model, its rules between members, and the metric queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.service_level_objective_request import ServiceLevelObjectiveRequest
from datadog_api_client.v1.model.slo_time_slice_comparator import SLOTimeSliceComparator
from datadog_api_client.v1.model.slo_time_slice_interval import SLOTimeSliceInterval

from sandbox.checks.datadog.body import as_property, snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem
from sandbox.checks.queries import formula_of, metric_query

NOT_SENT = ("forceDelete", "validate", "ignoreTagKeys", "sliSpecification")
DISPLAY_ONLY = ("target_display", "warning_display")
NEEDED = {"metric": ("query", "sliSpecification"), "monitor": ("monitorIds",), "time_slice": ("sliSpecification",)}
"""SLO type -> the inputs one of which must be there."""

SLICE_WORDS = {"comparator": SLOTimeSliceComparator, "queryIntervalSeconds": SLOTimeSliceInterval}


def check(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `ServiceLevelObjective`."""
    body = {snake(name): snake_keys(each) for name, each in inputs.items() if name not in NOT_SENT}
    members = {snake(name): name for name in inputs}
    problems = [as_property(problem, members) for problem in check_model(ServiceLevelObjectiveRequest, body)]
    needed = NEEDED.get(str(inputs.get("type")), ())
    if needed and not any(name in inputs for name in needed):
        problems.append(Problem(needed[0], f"is required for an SLO of type {inputs['type']!r}"))
    if "query" in inputs:
        problems += [Problem(name, "conflicts with query") for name in ("monitorIds", "groups") if inputs.get(name)]
        for name, query in inputs["query"].items():
            if isinstance(query, str):
                problems += metric_query(query, f"query.{name}")
    sliced = (inputs.get("sliSpecification") or {}).get("timeSlice")
    if isinstance(sliced, Mapping):
        problems += _time_slice(sliced, "sliSpecification.timeSlice")
    return problems + _targets(inputs)


def _time_slice(sliced: Mapping[str, Any], path: str) -> Iterator[Problem]:
    for name, model in SLICE_WORDS.items():
        if name in sliced:
            yield from check_model(model, sliced[name], f"{path}.{name}")
    query = sliced.get("query") or {}
    queries = [each.get("metricQuery") or {} for each in query.get("queries") or []]
    for index, each in enumerate(queries):
        if isinstance(each.get("query"), str):
            yield from metric_query(each["query"], f"{path}.query.queries[{index}].metricQuery.query")
    formula = (query.get("formula") or {}).get("formulaExpression")
    if isinstance(formula, str):
        names = {str(each.get("name")) for each in queries}
        yield from formula_of(formula, names, f"{path}.query.formula.formulaExpression")


def _targets(inputs: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for index, threshold in enumerate(inputs.get("thresholds") or []):
        target, warning = threshold.get("target"), threshold.get("warning")
        path = f"thresholds[{index}]"
        if isinstance(target, int | float) and not 0 < target < 100:  # noqa: PLR2004 -- per cent
            problems.append(Problem(f"{path}.target", f"must lie between 0 and 100 (both excluded), not {target:g}"))
        if isinstance(target, int | float) and isinstance(warning, int | float) and warning <= target:
            problems.append(Problem(f"{path}.warning", f"must be greater than the target {target:g}, not {warning:g}"))
    return problems

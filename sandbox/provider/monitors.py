"""Monitors that name other objects in their queries: composites name monitors, SLO alerts an objective."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from sandbox.checks.queries import monitor_query
from sandbox.cloud import Cloud, CloudObject
from sandbox.provider.refusal import Refusal

MONITOR = "datadog:index/monitor:Monitor"
MONITORS = (MONITOR, "datadog:index/monitorJson:MonitorJson")
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"


def admit_monitor(cloud: Cloud, inputs: Mapping[str, Any]) -> None:
    """Raises `Refusal` when what the query names is not there, or cannot burn as fast as it says."""
    if inputs.get("type") not in ("composite", "slo alert"):
        return
    parsed, _ = monitor_query(str(inputs.get("type")), str(inputs.get("query")), {}, "query")
    for id_ in _members(parsed):
        if all(cloud.find(token, id_) is None for token in MONITORS):
            raise Refusal(f"400 Bad Request: The value provided for parameter 'query' is invalid: no monitor {id_}")
    if slo_id := getattr(parsed, "slo_id", None):
        slo = cloud.find(SLO, slo_id)
        if slo is None:
            raise Refusal(f"400 Bad Request: no SLO {slo_id!r}")
        if hasattr(parsed, "long_window"):
            _admit_burn_rate(slo, parsed.comparison.threshold)


def composites_of(cloud: Cloud, id_: str) -> list[CloudObject]:
    """The composites that a monitor is part of."""
    return [
        each
        for each in cloud.objects(MONITOR)
        if each.inputs.get("type") == "composite" and id_ in _members(_parsed(each.inputs))
    ]


def _admit_burn_rate(slo: CloudObject, threshold: float | None) -> None:
    target = min(_targets(slo.inputs), default=None)
    if target is None or threshold is None:
        return
    highest = 1 / (1 - Fraction(str(target)) / 100)
    if threshold > highest:
        # The API's own words.
        raise Refusal(
            f"400 Bad Request: Alert threshold ({threshold:g}) must be in range 0 to {float(highest):.1f} "
            "for burn rate alerts (max threshold = 1/1-slo target)."
        )


def _targets(inputs: Mapping[str, Any]) -> Iterator[float]:
    for threshold in inputs.get("thresholds") or []:
        if isinstance(threshold.get("target"), int | float):
            yield threshold["target"]


def _parsed(inputs: Mapping[str, Any]) -> Any:
    return monitor_query("composite", str(inputs.get("query")), {}, "query")[0]


def _members(parsed: Any) -> Iterable[str]:
    members = getattr(parsed, "members", None)
    return [str(number) for number in members()] if callable(members) else []

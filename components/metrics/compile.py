"""From distributions to the arguments of Datadog's resources."""

from __future__ import annotations

from typing import Any

from components.metrics.spec import DistributionsSpec
from contract.telemetry import Metric
from infra.problems import Problem


def configuration_key(metric: Metric) -> str:
    """Logical name of a metric's configuration."""
    return f"percentiles-{metric.name.removeprefix('genonaut.').replace('.', '-').replace('_', '-')}"


def compile_configuration(metric: Metric) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.MetricTagConfiguration`.

    Its tags are the keys that queries can use; what is not among them is lost to queries, so all of the contract's are.
    """
    return {
        "metric_name": metric.name,
        "metric_type": metric.type.value,
        "tags": sorted(metric.keys),
        "include_percentiles": True,
    }


def notices(spec: DistributionsSpec) -> list[Problem]:
    """What stays silent for now: Datadog has no percentiles of a distribution until they are switched on for it."""
    return [
        Problem(
            f"metrics.{metric.name}",
            f"has no percentiles in Datadog yet, so {', '.join(keys)} cannot fire",
            "once it arrives, name its sender in datadog.percentiles",
        )
        for metric in spec.expected
        if (keys := spec.readers.get(metric.name))
    ]

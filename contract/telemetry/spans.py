"""Metrics that Datadog computes from spans: what traces' own metrics and our code do not tell already.

One definition is the resource that makes such a metric (components/apm) and its entry in the contract. They are
computed from the spans that are taken in, after sampling (https://docs.datadoghq.com/tracing/trace_pipeline/generate_metrics/):
percentiles stay right, a count is only right where every span of its services is taken in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from contract.telemetry import model
from contract.telemetry.application import API, WORKER
from contract.telemetry.events import EVENT_SOURCES
from contract.telemetry.model import Facet, Metric, Source, Tag

SPANS = next(source for source in EVENT_SOURCES if source.name == "trace-analytics")


@dataclass(frozen=True, kw_only=True, slots=True)
class SpanMetric:
    """One metric computed from spans, for all environments of the organisation together."""

    name: str
    doing: str
    """What the services do whose spans it is made from."""
    search: str
    """Which of their spans; without `env`, which is one of its tags."""
    by: Mapping[str, str]
    """Attribute of the span -> tag of the metric, besides `env` and `service`."""
    measure: str | None = None
    """The attribute whose distribution it is, in that attribute's unit; None: how many spans."""
    counted: str | None = None
    """Datadog's name of what is counted, where nothing is measured."""
    highest: float = math.inf
    """The highest value that can occur, in the unit of the measure."""
    description: str

    @property
    def paths(self) -> Mapping[str, str]:
        """Attribute of the span -> tag of the metric, for all tags."""
        return {"env": "env", "service": "service", **self.by}


SPAN_METRICS = (
    SpanMetric(
        name="genonaut.spans.request.queries",
        doing=API,
        search=f"operation_name:{API}",
        measure="@db.query_count",
        by={"resource_name": "resource_name"},
        highest=10_000,
        description="Database queries per request, by route: one that grows with the page is a query per row (N+1).",
    ),
    SpanMetric(
        name="genonaut.spans.comfyui.duration",
        doing=WORKER,
        search="operation_name:comfyui.request",
        measure="@duration",
        by={"@comfyui.call": "call", "status": "status"},
        # Twice what an image job may take.
        highest=3_600e9,
        description="How long a call to ComfyUI took.",
    ),
    SpanMetric(
        name="genonaut.spans.tasks.failures",
        doing=WORKER,
        search=f"operation_name:{WORKER} status:error",
        counted="task",
        by={"resource_name": "task", "@error.type": "error_type"},
        description="Tasks that failed, by task and exception.",
    ),
)


def contract_metric(spec: SpanMetric) -> Metric:
    """The metric as queries meet it: the unit is the measure's, the values of tags are those of the attributes."""
    tags = tuple(_tag(path, tag, spec.doing) for path, tag in spec.paths.items())
    if spec.measure is None:
        return model.count(spec.name, spec.counted, tags, spec.description, source=Source.SPANS)
    facet = SPANS.facet(spec.measure)
    return Metric(
        name=spec.name,
        type=model.MetricType.DISTRIBUTION,
        unit=(facet.unit or None) if facet else None,
        tags=tags,
        source=Source.SPANS,
        description=spec.description,
        highest=spec.highest,
    )


def _tag(path: str, tag: str, doing: str) -> Tag:
    facet = SPANS.facet(path) or Facet(name=path)
    return Tag(tag, facet.values, doing if tag == "service" else None)


METRICS = tuple(map(contract_metric, SPAN_METRICS))

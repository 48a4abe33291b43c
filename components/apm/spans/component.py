"""What is made of spans, as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.apm.spans.compile import compile_filter, compile_metric, in_order, metric_key
from components.apm.spans.spec import SpansSpec


class Spans(pulumi.ComponentResource):
    """Metrics from spans, and the retention filters of all environments in one order."""

    def __init__(self, name: str, spec: SpansSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:apm:Spans", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for metric in spec.metrics:
            datadog.SpansMetric(metric_key(metric), opts=child, **compile_metric(metric))
        filters = [
            datadog.ApmRetentionFilter(one.key, opts=child, **compile_filter(one, spec.stack)) for one in spec.retention
        ]
        # Asked once ours are there: before, the list is another one.
        there = datadog.get_apm_retention_filters_order_output(
            pulumi.InvokeOutputOptions(parent=self, depends_on=filters)
        )
        ours = pulumi.Output.all(*(one.id for one in filters))
        datadog.ApmRetentionFilterOrder(
            "retention-order",
            opts=child,
            filter_ids=pulumi.Output.all(ours, there.filter_ids).apply(lambda ids: in_order(*ids)),
        )
        self.register_outputs({})

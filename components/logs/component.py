"""Logs as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.logs import compile as compiled
from components.logs.spec import LogsSpec


class Logs(pulumi.ComponentResource):
    """Indexes and their order, pipelines, metrics, scanning, archive."""

    def __init__(self, name: str, spec: LogsSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:logs:Logs", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        indexes = [datadog.LogsIndex(one.key, opts=child, **compiled.compile_index(one)) for one in spec.indexes]
        # The order names them, and is refused while one of them is missing.
        ordered = pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=indexes))
        datadog.LogsIndexOrder(compiled.ORDER, opts=ordered, **compiled.compile_order(spec))
        for pipeline in spec.pipelines:
            datadog.LogsCustomPipeline(pipeline.key, opts=child, **compiled.compile_pipeline(pipeline, spec.stack))
        for metric in spec.metrics:
            datadog.LogsMetric(metric.key, opts=child, **compiled.compile_metric(metric))
        group = datadog.SensitiveDataScannerGroup(compiled.GROUP, opts=child, **compiled.compile_group(spec.stack))
        before: list[pulumi.Resource] = []
        for rule in spec.scanning:
            # Rules are tried in the order of their making.
            after = pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=before))
            arguments = compiled.compile_rule(rule, spec.stack, group.id)
            before = [datadog.SensitiveDataScannerRule(compiled.rule_key(rule), opts=after, **arguments)]
        if spec.archive:
            datadog.LogsArchive(compiled.ARCHIVE, opts=child, **compiled.compile_archive(spec.archive, spec.stack))
        self.register_outputs({})

"""What Datadog keeps of our own distributions, as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.metrics.compile import compile_configuration, configuration_key, notices
from components.metrics.spec import DistributionsSpec


class Distributions(pulumi.ComponentResource):
    """Percentiles of the distributions that have arrived; a warning for each other one that something waits for."""

    def __init__(self, name: str, spec: DistributionsSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:metrics:Distributions", name, None, opts)
        for notice in notices(spec):
            pulumi.log.warn(str(notice), self)
        child = pulumi.ResourceOptions(parent=self)
        for metric in spec.arriving:
            datadog.MetricTagConfiguration(configuration_key(metric), opts=child, **compile_configuration(metric))
        self.register_outputs({})

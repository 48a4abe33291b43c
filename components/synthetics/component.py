"""The probes as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.synthetics.compile import compile_probe
from components.synthetics.spec import ProbesSpec


class Probes(pulumi.ComponentResource):
    """All probes of a stack."""

    monitor_ids: pulumi.Output[dict[str, int]]
    """Datadog's ids of the alerts that come with the probes, by the probe's logical name."""

    def __init__(self, name: str, spec: ProbesSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:synthetics:Probes", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        tests = {
            probe.key: datadog.SyntheticsTest(probe.key, opts=child, **compile_probe(probe, spec))
            for probe in spec.probes
        }
        self.monitor_ids = pulumi.Output.all(**{key: test.monitor_id for key, test in tests.items()})
        self.register_outputs({"monitorIds": self.monitor_ids})

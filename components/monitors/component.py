"""The alerts of one tier as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.monitors.compile import compile_monitor
from components.monitors.spec import TierSpec


class MonitorTier(pulumi.ComponentResource):
    """All alerts of one tier."""

    monitor_ids: pulumi.Output[dict[str, str]]
    """Datadog's ids by logical name."""

    def __init__(self, name: str, spec: TierSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:monitors:MonitorTier", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        monitors = {
            monitor.key: datadog.Monitor(monitor.key, opts=child, **compile_monitor(monitor, spec))
            for monitor in spec.monitors
        }
        self.monitor_ids = pulumi.Output.all(**{key: monitor.id for key, monitor in monitors.items()})
        self.register_outputs({"monitorIds": self.monitor_ids})

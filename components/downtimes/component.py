"""The maintenance windows as resources."""

from __future__ import annotations

from datetime import UTC, datetime

import pulumi
import pulumi_datadog as datadog

from components.downtimes.compile import compile_downtime, logical_name
from components.downtimes.spec import DowntimesSpec


class MaintenanceWindows(pulumi.ComponentResource):
    """All maintenance windows of a stack."""

    def __init__(self, name: str, spec: DowntimesSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:downtimes:MaintenanceWindows", name, None, opts)
        # What has begun stays as it began (docs/adr/0017-quiet-hours.md).
        begun = pulumi.ResourceOptions(parent=self, ignore_changes=["recurringSchedule"])
        today = datetime.now(UTC).date()
        for window in spec.windows:
            datadog.DowntimeSchedule(logical_name(window), opts=begun, **compile_downtime(spec, window, today))
        self.register_outputs({})

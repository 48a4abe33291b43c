"""The notification rules and quiet hours as resources."""

from __future__ import annotations

from datetime import UTC, datetime

import pulumi
import pulumi_datadog as datadog

from components.routing.compile import compile_rule
from components.routing.quiet import compile_quiet_hours, quiet_hours_key
from components.routing.spec import RoutingSpec
from infra.naming import Tier


class Routing(pulumi.ComponentResource):
    """One notification rule per tier, and quiet hours for the tiers that can wait."""

    def __init__(self, name: str, spec: RoutingSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:routing:Routing", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for tier in Tier:
            datadog.MonitorNotificationRule(f"notify-{tier}", opts=child, **compile_rule(spec, tier))
        # What has begun stays as it began (docs/adr/0017-quiet-hours.md).
        begun = pulumi.ResourceOptions(parent=self, ignore_changes=["recurringSchedule"])
        today = datetime.now(UTC).date()
        if hours := spec.working_hours:
            for tier in spec.quiet:
                arguments = compile_quiet_hours(spec, tier, hours, today)
                datadog.DowntimeSchedule(quiet_hours_key(tier, hours), opts=begun, **arguments)
        self.register_outputs({})

"""The notification rules as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.routing.compile import compile_rule
from components.routing.spec import RoutingSpec
from infra.naming import Tier


class Routing(pulumi.ComponentResource):
    """One notification rule per tier."""

    def __init__(self, name: str, spec: RoutingSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:routing:Routing", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for tier in Tier:
            datadog.MonitorNotificationRule(f"notify-{tier}", opts=child, **compile_rule(spec, tier))
        self.register_outputs({})

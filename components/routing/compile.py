"""From recipients by tier to the arguments of Datadog notification rules."""

from __future__ import annotations

from typing import Any

from components.routing.spec import RoutingSpec
from infra.naming import PROJECT, Tier
from infra.problems import Problem


def check(spec: RoutingSpec) -> list[Problem]:
    """Tiers nobody hears of."""
    return [
        Problem(f"routing.{tier}", "nobody is told about this tier", "name at least one recipient")
        for tier in Tier
        if not spec.recipients.get(tier)
    ]


def compile_rule(spec: RoutingSpec, tier: Tier) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.MonitorNotificationRule` for this tier."""
    return {
        # Rules carry no tags; their names say whose they are.
        "name": f"{PROJECT}/{spec.stack}/{tier}",
        "filter": {"tags": [f"pulumi_project:{PROJECT}", f"pulumi_stack:{spec.stack}", f"tier:{tier}"]},
        "recipients": list(spec.recipients[tier]),
    }

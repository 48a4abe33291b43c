"""From recipients by tier to the arguments of Datadog notification rules."""

from __future__ import annotations

from typing import Any

from components.routing.spec import RoutingSpec
from infra.naming import Mark, Tier
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
    mark = Mark(spec.stack)
    return {
        # Rules carry no tags; their names say whose they are.
        "name": mark.path(tier),
        "filter": {"tags": [*mark.tag_filter, f"tier:{tier}"]},
        "recipients": list(spec.recipients[tier]),
    }

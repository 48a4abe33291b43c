"""From recipients by tier to the arguments of Datadog notification rules."""

from __future__ import annotations

from typing import Any

from components.routing.reach import recipients_of
from components.routing.spec import RoutingSpec
from infra.naming import BURN_IN, PAGERS, Mark, Tier
from infra.problems import Problem


def check(spec: RoutingSpec) -> list[Problem]:
    """Tiers nobody hears of, and pages from where nobody may be paged."""
    silent = [tier for tier in Tier if not spec.recipients.get(tier)]
    problems = [
        Problem(f"routing.{tier}", "nobody is told about this tier", "name at least one recipient") for tier in silent
    ]
    if not spec.may_page:
        # The settings were checked already. This looks at what is sent to Datadog, whatever it was made from.
        problems += [
            Problem(f"routing.{tier}", f"{handle} would page somebody", "only production pages")
            for tier in Tier
            if tier not in silent
            for handle in sorted(recipients_of(compile_rule(spec, tier)))
            if handle.startswith(PAGERS)
        ]
    return problems


def compile_rule(spec: RoutingSpec, tier: Tier) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.MonitorNotificationRule` for this tier.

    Alerts in burn-in reach nobody. The warning state of an alert wakes nobody where somebody else can be told. A
    condition holds one status or one tag, and none can be a time of day
    (https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor-notification-rule).
    """
    mark = Mark(spec.stack)
    everybody = spec.recipients[tier]
    awake = [handle for handle in everybody if not handle.startswith(PAGERS)]
    told: dict[str, Any] = {"recipients": list(everybody)}
    if awake and len(awake) < len(everybody):
        told = {
            "conditional_recipients": {
                "conditions": [{"scope": "transition_type:is_warning", "recipients": awake}],
                "fallback_recipients": list(everybody),
            }
        }
    return {
        # Rules carry no tags; their names say whose they are.
        "name": mark.path(tier),
        "filter": {"scope": " AND ".join([*mark.tag_filter, f"tier:{tier}", f"NOT {BURN_IN}"])},
        **told,
    }

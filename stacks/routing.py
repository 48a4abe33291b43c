"""From settings to who is told, and to what the organisation shares. Pure."""

from __future__ import annotations

from components.routing.channels.spec import ChannelsSpec, WebhookSpec
from components.routing.spec import RoutingSpec, WorkingHours
from components.routing.teams.spec import OnCallSpec, TeamsSpec
from infra.naming import Environment, Tier
from infra.settings import Settings
from stacks.catalog.oncall import ESCALATION, ON_CALL_TEAM, TEAMS
from stacks.catalog.tiers import URGENCY


def routing(settings: Settings, stack: str) -> RoutingSpec:
    """Who is told of which tier, and when."""
    hours = settings.routing.working_hours
    return RoutingSpec(
        stack=stack,
        may_page=settings.environment is Environment.PRODUCTION,
        recipients={tier: settings.routing.recipients(tier) for tier in Tier},
        quiet=tuple(tier for tier in Tier if URGENCY[tier].working_hours_only),
        working_hours=WorkingHours(time_zone=hours.time_zone, start=hours.start, end=hours.end)
        if hours.time_zone
        else None,
    )


def channels(settings: Settings) -> ChannelsSpec:
    """The channels of the organisation."""
    own = settings.routing
    return ChannelsSpec(
        recipients=tuple(handle for tier in Tier for handle in own.recipients(tier)),
        slack_account=own.slack.account,
        slack_channels=own.slack.channels,
        pagerduty_key=settings.pagerduty_service_key,
        webhooks=tuple(WebhookSpec(name=one.name, url=one.url) for one in own.webhooks),
    )


def teams(settings: Settings, stack: str) -> TeamsSpec:
    """The teams of the organisation, and who of them is on call."""
    own = settings.routing.on_call
    return TeamsSpec(
        stack=stack,
        teams=TEAMS,
        runbooks=settings.runbooks.base_url,
        on_call=OnCallSpec(
            team=ON_CALL_TEAM,
            users=own.users,
            time_zone=own.time_zone,
            rotation_start=own.rotation_start,
            escalation=ESCALATION,
        )
        if own.users
        else None,
    )

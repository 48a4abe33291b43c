"""Who is told about alerts, when, through what, and where they read what to do."""

from __future__ import annotations

from datetime import time
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from infra.naming import Tier
from infra.settings.section import Section, Slug, Url

# Recipients of a Datadog notification rule are handles without the leading @.
Recipient = Annotated[
    str,
    StringConstraints(pattern=r"^(slack-|pagerduty-|oncall-|opsgenie-|webhook-|team-)\S+$|^[^\s@]+@[^\s@]+$"),
]
Recipients = Annotated[tuple[Recipient, ...], Field(min_length=1)]
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
UserId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]

SENTRY_KINDS = ("slack-", "pagerduty-", "opsgenie-")
"""Handles that Sentry, too, can send to."""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads hundreds of files each time


def _known_zone(name: str) -> str:
    # A machine without the time zone database knows none; Datadog then has the last word.
    if _zones() and name not in _zones():
        raise PydanticCustomError("time_zone", "no such time zone")
    return name


TimeZone = Annotated[str, StringConstraints(min_length=1), AfterValidator(_known_zone)]


class WorkingHoursSettings(Section):
    """When people work, Monday to Friday. Without a time zone there are no quiet hours."""

    time_zone: TimeZone | None = Field(default=None, description="a time zone such as Europe/Berlin")
    start: time = Field(default=time(9), description='a time of day in quotes, such as "09:00"')
    end: time = Field(default=time(18), description='a time of day in quotes, such as "18:00", after start')

    @model_validator(mode="after")
    def _in_order(self) -> WorkingHoursSettings:
        if self.start >= self.end:
            raise ValueError(f"routing.workingHours|ends at {self.end} before it starts at {self.start}|start < end")
        return self


class SlackSettings(Section):
    """The Slack workspace that Datadog's Slack app is installed in."""

    account: Slug | None = Field(default=None, description="the workspace as Datadog's Slack integration names it")
    channels: tuple[Channel, ...] = Field(
        default=(), description="names without #, such as [alerts, warnings]; the owner stack connects them"
    )


class WebhookSettings(Section):
    """One webhook, told by the recipient `webhook-NAME`."""

    name: Slug = Field(description="the name behind webhook-")
    url: Annotated[SecretStr, Field(min_length=1)] = Field(description="an address; whoever knows it may post")


class OnCallSettings(Section):
    """Datadog On-Call: who takes turns. Without users nothing of it is made."""

    users: tuple[UserId, ...] = Field(default=(), description="ids of Datadog users, in the order of their turns")
    time_zone: TimeZone = Field(default="Etc/UTC", description="a time zone such as Europe/Berlin")
    rotation_start: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")] = Field(
        default="2026-01-05T09:00:00Z",
        description="when the first turn began, such as 2026-01-05T09:00:00Z; a turn lasts a week",
    )


class RoutingSettings(Section):
    """Who is told about the alerts of each tier; the first fields are named as the members of `Tier`."""

    critical: Recipients = Field(description="a list of handles, such as [pagerduty-genonaut, slack-genonaut-alerts]")
    warning: Recipients = Field(description="a list of handles, such as [slack-genonaut-warnings]")
    business: Recipients = Field(description="a list of handles, such as [slack-genonaut-business]")
    working_hours: WorkingHoursSettings = WorkingHoursSettings()
    slack: SlackSettings = SlackSettings()
    webhooks: tuple[WebhookSettings, ...] = Field(default=(), description="a list of {name, url}")
    on_call: OnCallSettings = OnCallSettings()

    def recipients(self, tier: Tier) -> tuple[str, ...]:
        """The handles for this tier."""
        found: tuple[str, ...] = getattr(self, tier.value)
        return found


class RunbookSettings(Section):
    """Where people read the pages of docs/runbooks."""

    base_url: Url = Field(description="the URL under which docs/runbooks is read, without a slash at its end")

"""Who is told about alerts, and where they read what to do."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from infra.naming import Tier
from infra.settings.section import Section, Url

# Recipients of a Datadog notification rule are handles without the leading @.
Recipient = Annotated[
    str, StringConstraints(pattern=r"^(slack-|pagerduty-|opsgenie-|webhook-|team-)\S+$|^[^\s@]+@[^\s@]+$")
]
Recipients = Annotated[tuple[Recipient, ...], Field(min_length=1)]

PAGERS = ("pagerduty-", "opsgenie-")
SENTRY_KINDS = ("slack-", "pagerduty-", "opsgenie-")
"""Handles that Sentry, too, can send to."""


class RoutingSettings(Section):
    """Who is told about the alerts of each tier; fields are named as the members of `Tier`."""

    critical: Recipients = Field(description="a list of handles, such as [pagerduty-genonaut, slack-genonaut-alerts]")
    warning: Recipients = Field(description="a list of handles, such as [slack-genonaut-warnings]")
    business: Recipients = Field(description="a list of handles, such as [slack-genonaut-business]")

    def recipients(self, tier: Tier) -> tuple[str, ...]:
        """The handles for this tier."""
        found: tuple[str, ...] = getattr(self, tier.value)
        return found


class RunbookSettings(Section):
    """Where people read the pages of docs/runbooks."""

    base_url: Url = Field(description="the URL under which docs/runbooks is read, without a slash at its end")

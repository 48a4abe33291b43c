"""What an alert does: whom it tells."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from sentry_alerts.model.base import Id, Inputs


class _EmailData(Inputs):
    fallthrough_type: Literal["AllMembers", "ActiveMembers", "NoOne"] | None = None


class _EmailConfig(Inputs):
    target_type: Literal["issue_owners", "team", "user"]
    target_identifier: str | None = None


class EmailAction(Inputs):
    """To the issue's owners, a team or a person, by the way each of them prefers."""

    type: Literal["email"]
    data: _EmailData = _EmailData()
    config: _EmailConfig


class _Specific(Inputs):
    target_type: Literal["specific"] = "specific"
    target_identifier: str
    target_display: str


class IntegrationAction(Inputs):
    """To a channel or service of an installed integration. `integrationId` is Sentry's number of the installation."""

    type: Literal["slack", "pagerduty", "discord", "msteams", "opsgenie"]
    integration_id: Id
    data: dict[str, str] = Field(default_factory=dict)
    config: _Specific


class TicketAction(Inputs):
    """A ticket, or an action of a Sentry app: given as Sentry writes it."""

    type: Literal["vsts", "jira", "jira_server", "github", "sentry_app"]
    integration_id: Id | None = None
    data: dict[str, Any] = Field(default_factory=dict)
    config: dict[str, Any] = Field(default_factory=dict)


class PluginAction(Inputs):
    """All legacy plugins of the project."""

    type: Literal["plugin"]
    data: dict[str, Any] = Field(default_factory=dict)
    config: dict[str, Any] = Field(default_factory=dict)


class _WebhookConfig(Inputs):
    target_identifier: str


class WebhookAction(Inputs):
    """The webhook of an integration of one's own."""

    type: Literal["webhook"]
    data: dict[str, Any] = Field(default_factory=dict)
    config: _WebhookConfig


Action = Annotated[
    EmailAction | IntegrationAction | TicketAction | PluginAction | WebhookAction, Field(discriminator="type")
]

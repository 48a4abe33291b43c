"""The channels of the organisation, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookSpec:
    """An address that is posted to."""

    name: str
    url: SecretStr


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelsSpec:
    """All channels that the owner stack connects."""

    recipients: tuple[str, ...]
    """The handles this stack's alerts are sent to; those of other stacks are not known here."""
    slack_account: str | None = None
    """The workspace as Datadog's Slack integration names it; None: Slack is connected by hand."""
    slack_channels: tuple[str, ...] = ()
    """Names without #."""
    pagerduty_key: SecretStr | None = None
    """The integration key of the PagerDuty service; None: it is connected by hand."""
    webhooks: tuple[WebhookSpec, ...] = ()

    @property
    def pagerduty_services(self) -> tuple[str, ...]:
        """The services that recipients name."""
        return self._named("pagerduty-")

    @property
    def slack_recipients(self) -> tuple[str, ...]:
        """What stands behind `slack-` in the recipients."""
        return self._named("slack-")

    @property
    def webhook_recipients(self) -> tuple[str, ...]:
        """The webhooks that recipients name."""
        return self._named("webhook-")

    def _named(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted({one.removeprefix(prefix) for one in self.recipients if one.startswith(prefix)}))

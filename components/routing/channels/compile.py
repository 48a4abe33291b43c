"""From channels to the arguments of Datadog's integrations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.routing.channels.spec import ChannelsSpec
from infra.problems import Problem


def check(spec: ChannelsSpec) -> list[Problem]:
    """Recipients that no channel belongs to, and a key that no service belongs to."""
    return list(_wrong(spec))


def compile_slack(spec: ChannelsSpec) -> dict[str, dict[str, Any]]:
    """The arguments of `pulumi_datadog.slack.Channel`, by logical name."""
    return {
        f"slack-{channel.replace('_', '-')}": {
            "account_name": spec.slack_account,
            "channel_name": f"#{channel}",
            "display": {"message": True, "notified": True, "snapshot": True, "tags": True, "mute_buttons": True},
        }
        for channel in (spec.slack_channels if spec.slack_account else ())
    }


def compile_pagerduty(spec: ChannelsSpec) -> dict[str, dict[str, Any]]:
    """The arguments of `pulumi_datadog.pagerduty.ServiceObject` but for its key, by logical name."""
    services = spec.pagerduty_services if spec.pagerduty_key else ()
    return {f"pagerduty-{service}": {"service_name": service} for service in services}


def _wrong(spec: ChannelsSpec) -> Iterator[Problem]:
    if spec.slack_account:
        for name in spec.slack_recipients:
            channel = name.removeprefix(f"{spec.slack_account}-")
            if channel == name:
                yield Problem("routing", f"slack-{name} is not in the workspace", f"slack-{spec.slack_account}-CHANNEL")
            elif channel not in spec.slack_channels:
                yield Problem("routing.slack.channels", f"slack-{name} has no channel", f"add {channel}")
    elif spec.slack_channels:
        yield Problem("routing.slack.account", "is missing", "the workspace as Datadog's Slack integration names it")
    webhooks = {webhook.name for webhook in spec.webhooks}
    for name in spec.webhook_recipients:
        if name not in webhooks:
            yield Problem("routing.webhooks", f"webhook-{name} is not among them", "add its name and url")
    if spec.pagerduty_key and len(spec.pagerduty_services) > 1:
        yield Problem(
            "pagerdutyServiceKey",
            f"is the key of one service, and the recipients name {', '.join(spec.pagerduty_services)}",
            "name one, or take the key out and connect them by hand",
        )

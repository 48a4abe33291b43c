"""The channels as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.routing.channels.compile import compile_pagerduty, compile_slack
from components.routing.channels.spec import ChannelsSpec


class Channels(pulumi.ComponentResource):
    """Everything alerts are sent through."""

    def __init__(self, name: str, spec: ChannelsSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:routing:Channels", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for key, arguments in compile_slack(spec).items():
            datadog.slack.Channel(key, opts=child, **arguments)
        if spec.pagerduty_key:
            service_key = pulumi.Output.secret(spec.pagerduty_key.get_secret_value())
            for key, arguments in compile_pagerduty(spec).items():
                datadog.pagerduty.ServiceObject(key, opts=child, service_key=service_key, **arguments)
        for webhook in spec.webhooks:
            # Whoever knows the address may post to it.
            url = pulumi.Output.secret(webhook.url.get_secret_value())
            datadog.Webhook(f"webhook-{webhook.name}", opts=child, name=webhook.name, url=url, encode_as="json")
        self.register_outputs({})

"""A program of somebody else, with nothing of ours: one alert, one rule, one webhook, each with something wrong."""

import gc

import pulumi

gc.disable()  # docs/adr/0007-import-time.md
import pulumi_datadog as datadog  # noqa: E402

config = pulumi.Config()
provider = datadog.Provider(
    "datadog", api_key=config.require_secret("datadogApiKey"), app_key=config.require_secret("datadogAppKey")
)
options = pulumi.ResourceOptions(provider=provider)
datadog.Monitor(
    "somebody-elses",
    name="Load is high",
    type="query alert",
    query="avg(last_5m):avg:system.load.1{*} > 5",
    message="Load is high. @pagerduty-genonaut",
    tags=["env:production", "service:genonaut-api"],
    monitor_thresholds={"critical": "5"},
    validate=False,
    opts=options,
)
datadog.MonitorNotificationRule(
    "for-everything",
    name="for-everything",
    filter={"scope": "tier:critical"},
    recipients=["slack-genonaut-alerts"],
    opts=options,
)
datadog.Webhook("made-up-chat", name="made-up-chat", url="https://hooks.slack.com/services/T0/B0/made-up", opts=options)
datadog.Webhook(
    "kept", name="kept", url=pulumi.Output.secret("https://hooks.slack.com/services/T0/B0/kept"), opts=options
)

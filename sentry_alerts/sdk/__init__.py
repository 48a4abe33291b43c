"""Resource classes for Pulumi programs in Python, one per kind.

`sentry_alerts.shapes` makes what goes into `triggers`, `action_filters` and `assertion`.
"""

from sentry_alerts.sdk.alert import Alert
from sentry_alerts.sdk.monitors import CronMonitor, MetricMonitor, UptimeMonitor
from sentry_alerts.sdk.projects import InboundFilters, ProjectOwnership, ProjectSettings, SpikeProtection
from sentry_alerts.sdk.provider import Provider

__all__ = [
    "Alert",
    "CronMonitor",
    "InboundFilters",
    "MetricMonitor",
    "ProjectOwnership",
    "ProjectSettings",
    "Provider",
    "SpikeProtection",
    "UptimeMonitor",
]

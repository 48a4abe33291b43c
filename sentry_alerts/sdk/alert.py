"""`Alert`: who is told about which issues."""

from __future__ import annotations

import pulumi

from sentry_alerts import PACKAGE
from sentry_alerts.sdk.base import MaybeBool, MaybeInt, MaybeText, Objects, SentryResource, Text, Texts


class Alert(SentryResource):
    """An alert (a workflow of the API). Import by `ORGANIZATION/NUMBER`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        name: Text,
        triggers: Objects,
        action_filters: Objects,
        projects: Texts | None = None,
        monitor_ids: Texts | None = None,
        environment: MaybeText = None,
        frequency_minutes: MaybeInt = None,
        enabled: MaybeBool = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`projects` are the numbers of projects whose issues count, `monitor_ids` the `internal_id`s of monitors.

        `frequency_minutes` (0, 5, 10, 30, 60, 180, 720 or 1440; 30 when left out) is how long the alert is silent about
        an issue after it has spoken of it.
        """
        inputs = {
            "organization": organization,
            "name": name,
            "triggers": triggers,
            "actionFilters": action_filters,
            "projects": projects,
            "monitorIds": monitor_ids,
            "environment": environment,
            "frequencyMinutes": frequency_minutes,
            "enabled": enabled,
        }
        super().__init__(f"{PACKAGE}:index:Alert", resource_name, inputs, opts)

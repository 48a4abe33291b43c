"""Alerts, monitors and project settings of a stack in Sentry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from infra.naming import Mark
from sentry_alerts import model
from tools.recover.found import SETTINGS, Found

MONITORS = {
    "metric_issue": model.METRIC_MONITOR,
    "monitor_check_in_failure": model.CRON_MONITOR,
    "uptime_domain_failure": model.UPTIME_MONITOR,
}
"""Type of the API -> type token."""
TYPES = (model.ALERT, *MONITORS.values(), *SETTINGS)
Pages = Callable[[str], Iterable[Mapping[str, Any]]]
Delete = Callable[[str], object]


def inventory(organization: str, projects: Iterable[str], mark: Mark, pages: Pages, delete: Delete) -> Iterator[Found]:
    """What has the stack's mark in its name, and the settings of its projects, which nobody can remove."""

    def found(token: str, one: Mapping[str, Any], route: str) -> Found:
        path = f"organizations/{organization}/{route}/{one['id']}/"
        id_, name = f"{organization}/{one['id']}", str(one["name"])
        return Found(type=token, id=id_, identity=name, title=name, delete=lambda: delete(path))

    for alert in pages(f"organizations/{organization}/workflows/"):
        if str(alert["name"]).endswith(mark.title_suffix):
            yield found(model.ALERT, alert, "workflows")
    for monitor in pages(f"organizations/{organization}/detectors/"):
        if str(monitor["name"]).endswith(mark.title_suffix) and monitor["type"] in MONITORS:
            yield found(MONITORS[monitor["type"]], monitor, "detectors")
    for project in projects:
        id_ = f"{organization}/{project}"
        for token in SETTINGS:
            yield Found(type=token, id=id_, identity=id_, title=id_, delete=None)

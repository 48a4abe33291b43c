"""Differences the real provider shows at every run, because the vendor fills in what a JSON document leaves out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sandbox.wire import plain

MONITOR_OPTIONS = ("include_tags", "new_host_delay", "notify_audit", "notify_no_data")
DASHBOARD_MEMBERS = ("notify_list", "reflow_type")


def perpetual(token: str, inputs: Mapping[str, Any]) -> set[str]:
    """The properties that differ again at once after every update."""
    if token == "datadog:index/monitorJson:MonitorJson":  # noqa: S105 -- a type token
        document = _document(inputs.get("monitor"))
        options = document.get("options")
        complete = "priority" in document and all(name in (options or {}) for name in MONITOR_OPTIONS)
        return set() if complete or not document else {"monitor"}
    if token == "datadog:index/dashboardJson:DashboardJson":  # noqa: S105 -- a type token
        document = _document(inputs.get("dashboard"))
        needed = DASHBOARD_MEMBERS if document.get("layout_type") == "ordered" else DASHBOARD_MEMBERS[:1]
        return {"dashboard"} if document and not all(name in document for name in needed) else set()
    return set()


def _document(text: Any) -> dict[str, Any]:
    try:
        document = json.loads(plain(text))
    except (TypeError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}

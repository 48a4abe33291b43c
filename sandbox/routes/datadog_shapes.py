"""Objects as Datadog's API shows them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

from sandbox.checks.datadog.body import snake_keys
from sandbox.checks.datadog.monitor import api_body
from sandbox.cloud import CloudObject
from sandbox.vault import masked

Shape = Callable[[CloudObject], dict[str, Any]]
HANDLE = "sandbox@example.com"
"""Who is said to have made everything."""
OBJECTIVE_MEMBERS = ("name", "description", "tags", "thresholds", "type", "query", "monitorIds", "groups")


def monitor(found: CloudObject) -> dict[str, Any]:
    """A monitor."""
    inputs = masked(found.inputs)
    body = json.loads(inputs["monitor"]) if "monitor" in inputs else api_body(inputs)[0]
    return {
        "tags": [],
        "message": "",
        **body,
        "id": int(found.id),
        "created": found.created,
        "modified": found.updated,
        "overall_state": "No Data",
        "creator": {"email": HANDLE, "handle": HANDLE, "name": "sandbox"},
    }


def _document(found: CloudObject) -> dict[str, Any]:
    inputs = masked(found.inputs)
    if "dashboard" in inputs:
        return dict(json.loads(inputs["dashboard"]))
    return {
        "title": inputs.get("title"),
        "layout_type": inputs.get("layoutType"),
        "description": inputs.get("description"),
    }


def dashboard_summary(found: CloudObject) -> dict[str, Any]:
    """A dashboard in a list."""
    document = _document(found)
    return {
        "id": found.id,
        "title": document.get("title"),
        "description": document.get("description"),
        "layout_type": document.get("layout_type"),
        "is_read_only": False,
        "author_handle": HANDLE,
        "created_at": found.created,
        "modified_at": found.updated,
        "url": found.properties.get("url"),
    }


def dashboard(found: CloudObject) -> dict[str, Any]:
    """A dashboard; of a typed one the widgets are not shown, they are only kept in the provider's own form."""
    return {"widgets": [], **_document(found), **dashboard_summary(found)}


def objective(found: CloudObject) -> dict[str, Any]:
    """A service level objective."""
    inputs = masked(found.inputs)
    return {
        "tags": [],
        **snake_keys({name: inputs[name] for name in OBJECTIVE_MEMBERS if inputs.get(name) is not None}),
        "id": found.id,
        "creator": {"email": HANDLE, "handle": HANDLE, "name": "sandbox"},
    }


def rum_application(found: CloudObject) -> dict[str, Any]:
    """A RUM application."""
    attributes = {
        "application_id": found.id,
        "name": found.inputs.get("name"),
        "type": found.inputs.get("type", "browser"),
        "created_at": 0,
        "created_by_handle": HANDLE,
        "org_id": 1,
        "updated_at": 0,
        "updated_by_handle": HANDLE,
    }
    return {"id": found.id, "type": "rum_application", "attributes": attributes}


def notification_rule(found: CloudObject) -> dict[str, Any]:
    """A monitor notification rule."""
    attributes = {**snake_keys(masked(found.inputs)), "created": found.created, "modified": found.updated}
    return {"id": found.id, "type": "monitor-notification-rule", "attributes": attributes}


def team(found: CloudObject) -> dict[str, Any]:
    """A team."""
    inputs = masked(found.inputs)
    attributes = {
        "handle": inputs.get("handle"),
        "name": inputs.get("name"),
        "description": inputs.get("description"),
        "link_count": 0,
        "user_count": 0,
        "created_at": found.created,
        "modified_at": found.updated,
    }
    return {"id": found.id, "type": "team", "attributes": attributes}


def downtime(found: CloudObject) -> dict[str, Any]:
    """A downtime; its schedule is only kept in the provider's own form."""
    inputs = masked(found.inputs)
    attributes = {
        "message": inputs.get("message"),
        "scope": inputs.get("scope"),
        "status": "scheduled",
        "created": found.created,
        "modified": found.updated,
    }
    return {"id": found.id, "type": "downtime", "attributes": attributes}


def spans_metric(found: CloudObject) -> dict[str, Any]:
    """A metric computed from spans."""
    inputs = snake_keys(masked(found.inputs))
    attributes = {name: inputs.get(name) for name in ("compute", "filter")}
    attributes["group_by"] = inputs.get("group_bies", [])
    return {"id": found.id, "type": "spans_metrics", "attributes": attributes}


def tag_configuration(found: CloudObject) -> dict[str, Any]:
    """What is kept of a metric."""
    attributes = {"exclude_tags_mode": False, **snake_keys(masked(found.inputs))}
    return {"id": attributes.pop("metric_name"), "type": "manage_tags", "attributes": attributes}


def retention_filter(found: CloudObject) -> dict[str, Any]:
    """A retention filter."""
    inputs = snake_keys(masked(found.inputs))
    rates = {name: float(inputs[name]) for name in ("rate", "trace_rate") if name in inputs}
    attributes = {**inputs, **rates, "editable": True, "execution_order": found.sequence}
    return {"id": found.id, "type": "apm_retention_filter", "attributes": attributes}


def entity(found: CloudObject) -> dict[str, Any]:
    """An entry of the catalog of services."""
    body = yaml.safe_load(masked(found.inputs)["entity"])
    own = body["metadata"]
    attributes = {
        "apiVersion": body["apiVersion"],
        "kind": body["kind"],
        "name": own["name"],
        "namespace": own.get("namespace", "default"),
        "owner": own.get("owner"),
        "tags": own.get("tags", []),
    }
    return {"id": found.id, "type": "entity", "attributes": attributes}


def on_call_schedule(found: CloudObject) -> dict[str, Any]:
    """An on-call schedule in a list."""
    inputs = masked(found.inputs)
    attributes = {"name": inputs.get("name"), "time_zone": inputs.get("timeZone")}
    return {"id": found.id, "type": "schedules", "attributes": attributes}


def escalation_policy(found: CloudObject) -> dict[str, Any]:
    """An escalation policy in a list."""
    return {"id": found.id, "type": "policies", "attributes": {"name": found.inputs.get("name")}}

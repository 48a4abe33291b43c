"""What people edit in Datadog's pages, read back as Datadog has it now: the state knows only the last run's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from infra.naming import is_logical_name
from infra.settings import Settings
from tools.backup.folder import DEFINITIONS, BackupError
from tools.recover.found import DASHBOARD, MONITOR, SLO, Found

_READ: Mapping[str, tuple[str, str]] = {
    MONITOR: ("monitors", "/api/v1/monitor/{id}"),
    DASHBOARD: ("dashboards", "/api/v1/dashboard/{id}"),
    SLO: ("slos", "/api/v1/slo/{id}"),
}
"""Type -> folder, and the route that answers what can be sent back to it (https://docs.datadoghq.com/api/latest/)."""
_THE_CLOUDS = frozenset({
    "author_handle", "author_info", "author_name", "created", "created_at", "creator", "deleted", "id",
    "matching_downtimes", "modified", "modified_at", "overall_state", "overall_state_modified", "url",
})  # fmt: skip
"""Members that Datadog makes: of no use in another organisation, and names of people among them."""
_ATTEMPTS = 3
_TIMEOUT = 30.0
"""Seconds for one answer."""


def definitions(found: Iterable[Found], settings: Settings, url: str) -> dict[str, bytes]:
    """Path in the backup -> JSON, for each monitor, dashboard and SLO. Raises BackupError when one cannot be read."""
    headers = {
        "DD-API-KEY": settings.datadog_api_key.get_secret_value(),
        "DD-APPLICATION-KEY": settings.datadog_app_key.get_secret_value(),
    }
    wanted = [one for one in found if one.type in _READ]
    transport = httpx.HTTPTransport(retries=_ATTEMPTS)
    with httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT, transport=transport) as client:
        return dict(_definition(client, one) for one in wanted)


def _definition(client: httpx.Client, one: Found) -> tuple[str, bytes]:
    folder, route = _READ[one.type]
    try:
        answer = client.get(route.format(id=one.id)).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise BackupError(f"{one} cannot be read back: {error}") from None
    body: Mapping[str, Any] = answer.get("data", answer)
    kept = {key: value for key, value in body.items() if key not in _THE_CLOUDS}
    name = one.identity if is_logical_name(one.identity) else one.id
    return f"{DEFINITIONS}/{folder}/{name}.json", json.dumps(kept, indent=2, sort_keys=True).encode()

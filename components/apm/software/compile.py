"""From entries to Datadog's entities of version 3 (https://docs.datadoghq.com/software_catalog/entity_model/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from components.apm.software.spec import EntrySpec, Kind, SoftwareSpec
from infra.naming import Mark


def entry_key(entry: EntrySpec) -> str:
    """Logical name of an entry."""
    return f"{entry.key}-entry"


def compile_entry(entry: EntrySpec, spec: SoftwareSpec, dashboards: Mapping[str, str]) -> str:
    """The argument `entity` of `pulumi_datadog.SoftwareCatalog`, as JSON text.

    Args:
        entry: what it is about.
        spec: the catalog it stands in.
        dashboards: paths of the dashboards on the site, by key.
    """
    return json.dumps(entity(entry, spec, dashboards), indent=1, sort_keys=True)


def entity(entry: EntrySpec, spec: SoftwareSpec, dashboards: Mapping[str, str]) -> dict[str, Any]:
    """An entity. It stands for all environments, so that its lifecycle is the most serious one there is."""
    body: dict[str, Any] = {
        "apiVersion": "v3",
        "kind": entry.kind.value,
        "metadata": {
            "name": entry.name,
            "description": entry.description,
            "owner": entry.owner,
            "tags": Mark(spec.stack).tags(entry_key(entry)),
            "contacts": [{"name": one.name, "type": one.type, "contact": one.contact} for one in spec.contacts],
            "links": _links(entry, spec, dashboards),
        },
        "spec": {"lifecycle": "production", "tier": entry.importance, "type": entry.type},
        "datadog": {"logs": [{"name": "Logs", "query": f"service:{entry.name}"}]},
    }
    if entry.kind is Kind.SERVICE:
        kinds = {one.name: one.kind for one in spec.entries}
        body["spec"] |= {
            "languages": list(entry.languages),
            "dependsOn": [f"{kinds[name]}:{name}" for name in entry.needs],
        }
    return body


def _links(entry: EntrySpec, spec: SoftwareSpec, dashboards: Mapping[str, str]) -> list[dict[str, str]]:
    base = spec.runbook_base_url.rstrip("/")
    links = [{"name": page, "type": "runbook", "url": f"{base}/{page}.md"} for page in entry.runbooks]
    links += [
        {"name": key, "type": "dashboard", "url": f"{spec.page_url}{dashboards[key]}"} for key in entry.dashboards
    ]
    if entry.repository:
        links.append({"name": "Source", "type": "repo", "url": entry.repository})
    return links

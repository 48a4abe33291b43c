"""What a state lays claim to: objects by their ids, and names that exist once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.ownership.state import State
from tools.recover import found
from tools.recover.found import identity

ORG_WIDE = frozenset(
    {
        *found.OF_LOGS,
        found.SLACK,
        found.PAGERDUTY,
        found.WEBHOOK,
        found.DATADOG_TEAM,
        found.LINK,
        found.SCHEDULE,
        found.POLICY,
        found.ROUTING,
        found.SPANS_METRIC,
        found.METRIC_TAGS,
        found.RETENTION,
        found.RETENTION_ORDER,
        found.ENTITY,
        found.RUM_METRIC,
    }
)
"""Types that only the owner stack makes (`datadog.ownerStack`): the organisation shares them."""
NAMED_ONCE = frozenset(
    {
        found.INDEX,
        found.PIPELINE,
        found.LOG_METRIC,
        found.ARCHIVE,
        found.RULE,
        found.SLACK,
        found.PAGERDUTY,
        found.WEBHOOK,
        found.SCHEDULE,
        found.POLICY,
        found.RUM,
        found.RUM_METRIC,
        found.SPANS_METRIC,
        found.METRIC_TAGS,
        found.RETENTION,
        found.TEAM,
        found.PROJECT,
    }
)
"""Types whose names are taken once in an organisation, by the vendor's rule or because two of a name mislead people."""
ORDERS = frozenset({found.INDEX_ORDER, found.RETENTION_ORDER, "datadog:index/logsPipelineOrder:LogsPipelineOrder"})
"""Types of which an organisation has one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What can be owned by one stack only."""

    place: str
    """Where: an API, a cluster."""
    type: str
    """Pulumi's type token."""
    what: str
    """In words, such as `the name genonaut-api`."""


def claims(state: State) -> Iterator[tuple[Claim, Mapping[str, Any]]]:
    """Everything a state claims, each with the resource that does."""
    for resource in state.resources:
        place = _place(state, resource)
        if place is None:
            continue
        token = resource["type"]
        place = " ".join(filter(None, [place, state.cloud]))
        yield Claim(place=place, type=token, what=f"the object {resource['id']}"), resource
        if (name := _name(resource)) is not None:
            yield Claim(place=place, type=token, what=name), resource


def _name(resource: Mapping[str, Any]) -> str | None:
    token, inputs = resource["type"], resource.get("inputs") or {}
    if token in ORDERS:
        return "the order, of which there is one"
    if token in NAMED_ONCE:
        return f"the name {identity(resource)[1]}"
    if token == found.DATADOG_TEAM:
        return f"the handle {inputs.get('handle')}"
    if token == found.DOWNTIME:
        watched = inputs.get("monitorIdentifier") or {}
        alerts = watched.get("monitorId") or ", ".join(sorted(watched.get("monitorTags") or ()))
        return f"the silence of {alerts} in {inputs.get('scope')}"
    return None


def _place(state: State, resource: Mapping[str, Any]) -> str | None:
    """Where the object is; None where the state does not say, and nothing can be compared."""
    package = resource["type"].split(":", 1)[0]
    provider = state.providers.get(resource.get("provider") or "") or {}
    if package == "kubernetes":
        return f"cluster {state.cluster}" if state.cluster else None
    if package == "datadog":
        return str(provider.get("apiUrl") or "Datadog")
    if package in {"sentry", "sentry-alerts"}:
        organization = (resource.get("inputs") or {}).get("organization") or ""
        return f"{provider.get('baseUrl') or 'Sentry'} {organization}".strip()
    # Of others (images, random values) ids are no objects that anybody shares.
    return None if package in {"docker", "random", "tls"} else package

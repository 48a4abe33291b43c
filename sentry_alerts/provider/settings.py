"""Settings that every project has: they are changed, never made, and deleting them leaves them as they are."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from sentry_alerts.client import Client, NotFoundError
from sentry_alerts.model.base import body
from sentry_alerts.model.projects import (
    InboundFiltersInputs,
    ProjectOwnershipInputs,
    ProjectSettingsInputs,
    SpikeProtectionInputs,
)
from sentry_alerts.provider.kind import Kind, Values

RENAMED = {"scrubIpAddresses": "scrubIPAddresses", "scrapeJavascript": "scrapeJavaScript"}
"""Our name, where Pulumi would not write the API's, and the API's."""
PLACE = frozenset({"organization", "project"})
SWITCHES = {
    "browserExtensions": "browser-extensions",
    "localhost": "localhost",
    "healthChecks": "filtered-transaction",
    "webCrawlers": "web-crawlers",
}
"""Filters that are on or off: our name, and the id of Sentry's."""
LISTS = {"errorMessages": "filters:error_messages", "releases": "filters:releases"}
"""Filters that are lists: our name, and the project option that holds them, a line each."""
SPIKES_UNPROTECTED = "quotas:spike-protection-disabled"


class ProjectKind(Kind):
    """Settings of one project."""

    immutable = PLACE

    @override
    def create(self, client: Client, values: Values) -> str:
        id_ = f"{values['organization']}/{values['project']}"
        self.update(client, id_, values)
        return id_

    @override
    def read(self, client: Client, id_: str, known: Values) -> Values | None:
        organization, project = id_.split("/")
        try:
            found = self._now(client, id_)
        except NotFoundError:
            return None
        # What the program does not give is not its business; on import everything is.
        kept = {name: value for name, value in found.items() if value is not None and (not known or name in known)}
        return {"organization": organization, "project": project, **kept}

    @override
    def delete(self, client: Client, id_: str) -> None:
        return

    def _now(self, client: Client, id_: str) -> Values:
        raise NotImplementedError


class ProjectSettings(ProjectKind):
    """Grouping, scrubbing and the rest of a project's own page."""

    @override
    def update(self, client: Client, id_: str, values: Values) -> None:
        given = body(ProjectSettingsInputs.model_validate(values))
        changed = {RENAMED.get(name, name): value for name, value in given.items() if name not in PLACE}
        client.put(f"projects/{id_}/", changed)

    def _now(self, client: Client, id_: str) -> Values:
        answer = client.get(f"projects/{id_}/")
        names = [str(field.alias) for field in ProjectSettingsInputs.model_fields.values()]
        return {name: answer.get(RENAMED.get(name, name)) for name in names if name not in PLACE}


class ProjectOwnership(ProjectKind):
    """Who owns which issues."""

    @override
    def update(self, client: Client, id_: str, values: Values) -> None:
        given = body(ProjectOwnershipInputs.model_validate(values))
        client.put(f"projects/{id_}/ownership", {name: value for name, value in given.items() if name not in PLACE})

    def _now(self, client: Client, id_: str) -> Values:
        answer = client.get(f"projects/{id_}/ownership")
        return {name: answer.get(name) for name in ("raw", "fallthrough", "autoAssignment", "codeownersAutoSync")}


class InboundFilters(ProjectKind):
    """What is dropped before it counts."""

    @override
    def update(self, client: Client, id_: str, values: Values) -> None:
        given = body(InboundFiltersInputs.model_validate(values))
        for name, filter_id in SWITCHES.items():
            if name in given:
                client.put(f"projects/{id_}/filters/{filter_id}/", {"active": given[name]})
        if "legacyBrowsers" in given:
            client.put(f"projects/{id_}/filters/legacy-browser/", {"subfilters": given["legacyBrowsers"]})
        options = {option: "\n".join(given[name]) for name, option in LISTS.items() if name in given}
        if options:
            client.put(f"projects/{id_}/", {"options": options})

    def _now(self, client: Client, id_: str) -> Values:
        active: dict[str, Any] = {one["id"]: one["active"] for one in client.pages(f"projects/{id_}/filters/")}
        options = client.get(f"projects/{id_}/").get("options") or {}
        browsers = active.get("legacy-browsers")
        return {
            **{name: active.get(filter_id) for name, filter_id in SWITCHES.items()},
            "legacyBrowsers": sorted(browsers) if isinstance(browsers, list) else [],
            **{name: (options.get(option) or "").splitlines() for name, option in LISTS.items()},
        }


class SpikeProtection(ProjectKind):
    """Whether sudden floods of events are cut off."""

    @override
    def update(self, client: Client, id_: str, values: Values) -> None:
        inputs = SpikeProtectionInputs.model_validate(values)
        path, projects = f"organizations/{inputs.organization}/spike-protections/", {"projects": [inputs.project]}
        if inputs.enabled:
            client.post_again(path, projects)
        else:
            client.delete(path, projects)

    def _now(self, client: Client, id_: str) -> Values:
        options = client.get(f"projects/{id_}/").get("options") or {}
        return {"enabled": not options.get(SPIKES_UNPROTECTED, False)}

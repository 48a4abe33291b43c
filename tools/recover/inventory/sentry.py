"""Objects of a stack in Sentry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx

from infra.naming import Mark
from infra.settings import Settings
from tools.recover.found import KEY, PROJECT, TEAM, Found
from tools.recover.inventory import sentry_alerts

TYPES = (TEAM, PROJECT, KEY, *sentry_alerts.TYPES)
TIMEOUT = 30.0
"""Seconds for one answer."""


def inventory(settings: Settings, mark: Mark, url: str) -> Iterator[Found]:
    """The stack's team, its projects with our keys, alerts and monitors; `url` ends in `/api/`."""
    organization = settings.sentry.organization
    token = settings.sentry_auth_token.get_secret_value()
    ours = mark.slug("genonaut")
    # Not closed here: deleting what was found goes through it later.
    client = httpx.Client(
        base_url=f"{url}0/",
        headers={"Authorization": f"Bearer {token}"},
        timeout=TIMEOUT,
        transport=httpx.HTTPTransport(retries=2),
    )

    def found(type_token: str, id_: str, identity: str, path: str, order: int) -> Found:
        return Found(
            type=type_token,
            id=id_,
            identity=identity,
            title=identity,
            delete=lambda: client.delete(path).raise_for_status(),
            removal_order=order,
        )

    owned = []
    for project in _pages(client, f"organizations/{organization}/projects/"):
        slug = project["slug"]
        teams = {team["slug"] for team in project.get("teams") or ()}
        if ours not in teams and not slug.endswith(mark.slug("")):
            continue
        for key in _pages(client, f"projects/{organization}/{slug}/keys/"):
            if str(key["name"]).startswith(mark.path_prefix):
                path = f"projects/{organization}/{slug}/keys/{key['id']}/"
                yield found(KEY, str(key["id"]), f"{slug}/{key['name']}", path, 0)
        if ours in teams:
            owned.append(slug)
            yield found(PROJECT, slug, slug, f"projects/{organization}/{slug}/", 1)
    yield from sentry_alerts.inventory(
        organization,
        owned,
        mark,
        lambda path: _pages(client, path),
        lambda path: client.delete(path).raise_for_status(),
    )
    for team in _pages(client, f"organizations/{organization}/teams/"):
        if team["slug"] == ours:
            yield found(TEAM, ours, ours, f"teams/{organization}/{ours}/", 2)


def _pages(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    """All items of a list: Sentry names the next page in the Link header (https://docs.sentry.io/api/pagination/)."""
    following: str | None = path
    while following:
        answer = client.get(following).raise_for_status()
        yield from answer.json()
        link = answer.links.get("next", {})
        following = link.get("url") if link.get("results") == "true" else None

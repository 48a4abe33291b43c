"""Ids, slugs, DSNs and keys as Sentry makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.computed.context import Making
from sandbox.wire import Secret

Answer = tuple[str, dict[str, Any]]


def slug_of(name: str) -> str:
    """The slug Sentry makes of a name: lower-case, dashes between words."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


def _internal_id(making: Making) -> int:
    return making.number("internalId", 4_500_000_000, 4_600_000_000)


def _project_number(inputs: Mapping[str, Any], slug: Any, making: Making) -> int:
    """A project's number, which is also in the DSNs of its keys."""
    return making.shared(f"project {inputs.get('organization')}/{slug}", 4_500_000_000, 4_600_000_000)


def team(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A team: its id for the provider is its slug."""
    slug, number = inputs.get("slug") or slug_of(str(inputs.get("name"))), str(_internal_id(making))
    flags = {"hasAccess": True, "isMember": True, "isPending": False}
    return slug, {"slug": slug, "internalId": number, "teamId": number, **flags}


def project(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A project: its id for the provider is its slug."""
    slug = inputs.get("slug") or slug_of(str(inputs.get("name")))
    number = str(_project_number(inputs, slug, making))
    return slug, {
        "slug": slug,
        "internalId": number,
        "projectId": number,
        "color": f"#{making.hex('color', 6)}",
        "status": "active",
        "features": [],
        "isPublic": False,
        "isBookmarked": False,
    }


def key(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A client key: the public one goes into the DSN that applications use, the secret one into the deprecated DSN."""
    number = _project_number(inputs, inputs.get("project"), making)
    public, secret = making.hex("public"), making.hex("secret")
    organisation = making.shared(f"organization {inputs.get('organization')}", 10**5, 10**6)
    host = f"o{organisation}.ingest.sentry.io"
    return public, {
        "public": public,
        "secret": Secret(secret),
        "projectId": number,
        "isActive": True,
        "dsnPublic": f"https://{public}@{host}/{number}",
        "dsnSecret": Secret(f"https://{public}:{secret}@{host}/{number}"),
        "dsnCsp": f"https://{host}/api/{number}/security/?sentry_key={public}",
        "name": inputs.get("name") or "Default",
        "rateLimitCount": inputs.get("rateLimitCount") or 0,
        "rateLimitWindow": inputs.get("rateLimitWindow") or 0,
    }


def numbered(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """Everything else: a number."""
    number = str(_internal_id(making))
    return number, {"internalId": number}


RULES: dict[str, Callable[[Mapping[str, Any], Making], Answer]] = {
    "sentry:index/sentryTeam:SentryTeam": team,
    "sentry:index/sentryProject:SentryProject": project,
    "sentry:index/sentryKey:SentryKey": key,
    **{
        f"sentry:index/{name[0].lower()}{name[1:]}:{name}": numbered
        for name in (
            "SentryDashboard",
            "SentryIssueAlert",
            "SentryMetricAlert",
            "SentryRule",
            "SentryOrganizationMember",
        )
    },
}

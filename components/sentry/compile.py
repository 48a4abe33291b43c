"""From our words to the arguments of Sentry teams, projects and keys."""

from __future__ import annotations

import re
from typing import Any

from components.sentry.check import alert_problems
from components.sentry.spec import SentryProjectSpec, SentrySpec
from infra.naming import Mark, is_logical_name
from infra.problems import Problem

# Sentry's own rule for slugs: lower case, and not digits alone (https://docs.sentry.io/api/).
_SLUG = re.compile(r"(?![0-9]+$)[a-z0-9][a-z0-9_-]{0,49}")


def check(spec: SentrySpec) -> list[Problem]:
    """Everything that is wrong with this team, its projects, alerts and monitors."""
    problems = list(alert_problems(spec))
    for project in spec.projects:
        where = f"sentry.{project.key}"
        if not is_logical_name(project.key):
            problems.append(Problem(where, "is not a usable key", "lower case letters, digits and hyphens, at most 63"))
        if not _SLUG.fullmatch(_slug(project, spec)):
            problems.append(
                Problem(
                    where, f"{_slug(project, spec)!r} is not a slug", "at most 50 lower case letters, digits, - and _"
                )
            )
        if project.events_per_minute < 1:
            problems.append(Problem(where, "would drop every event", "events_per_minute of at least 1"))
    return problems


def compile_team(spec: SentrySpec) -> dict[str, Any]:
    """The arguments of `pulumiverse_sentry.SentryTeam`."""
    slug = Mark(spec.stack).slug("genonaut")
    return {"organization": spec.organization, "name": slug, "slug": slug}


def compile_project(project: SentryProjectSpec, spec: SentrySpec) -> dict[str, Any]:
    """The arguments of `pulumiverse_sentry.SentryProject`, but for its team."""
    return {
        "organization": spec.organization,
        "name": _slug(project, spec),
        "slug": _slug(project, spec),
        # For any other platform the provider reads a page of Sentry's documentation at every preview; the platform
        # only chooses the set-up guide shown in the project: events carry their own.
        "platform": "other",
    }


def compile_key(project: SentryProjectSpec, spec: SentrySpec) -> dict[str, Any]:
    """The arguments of `pulumiverse_sentry.SentryKey`, but for its project."""
    return {
        "organization": spec.organization,
        # Keys carry no tags; their names say whose they are.
        "name": Mark(spec.stack).path("errors"),
        "rate_limit_count": project.events_per_minute,
        "rate_limit_window": 60,
    }


def _slug(project: SentryProjectSpec, spec: SentrySpec) -> str:
    return Mark(spec.stack).slug(project.service)

"""What Sentry refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.checks.problem import Problem

SLUG = re.compile(r"(?![0-9]+$)[a-z0-9_-]{1,50}")
"""A slug: lower-case letters, digits, `-` and `_`, at most 50, not only digits (the API's own rule)."""
PLATFORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _slug(inputs: Mapping[str, Any]) -> list[Problem]:
    slug = inputs.get("slug")
    if not isinstance(slug, str) or SLUG.fullmatch(slug):
        return []
    return [Problem("slug", f"{slug!r}: only lower-case letters, digits, '-' and '_', at most 50, and not only digits")]


def check_project(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SentryProject`."""
    problems = _slug(inputs)
    if "team" in inputs and "teams" in inputs:
        problems.append(Problem("team", "conflicts with teams: give one of them"))
    platform = inputs.get("platform")
    if isinstance(platform, str) and not PLATFORM.fullmatch(platform):
        problems.append(Problem("platform", f"{platform!r} is no platform key such as 'python-fastapi' or 'other'"))
    return problems


def refused_alert(_inputs: Mapping[str, Any]) -> list[Problem]:
    """Issue and metric alerts call routes that Sentry has closed."""
    return [Problem("", "410 Gone: this API no longer exists; alerts are made through workflows and detectors")]


CHECKS: dict[str, Callable[[Mapping[str, Any]], list[Problem]]] = {
    "sentry:index/sentryTeam:SentryTeam": _slug,
    "sentry:index/sentryProject:SentryProject": check_project,
    "sentry:index/sentryIssueAlert:SentryIssueAlert": refused_alert,
    "sentry:index/sentryMetricAlert:SentryMetricAlert": refused_alert,
    "sentry:index/sentryRule:SentryRule": refused_alert,
}

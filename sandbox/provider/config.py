"""The configuration of a provider: known, typed, and with its credentials."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sandbox.checks.inputs import InputCheck
from sandbox.checks.problem import Problem
from sandbox.schema.model import Package
from sandbox.wire import UNKNOWN, Secret

OWN = ("version", "pluginDownloadURL")
"""Settings of the engine itself, which arrive with the provider's."""
CREDENTIALS = {"datadog": ("apiKey", "appKey"), "sentry": ("token",)}


def check_config(package: Package, news: Mapping[str, Any]) -> list[Problem]:
    """All problems of a provider's configuration; nested and boolean values arrive as JSON texts."""
    given = {name: _parsed(package, name, value) for name, value in news.items() if name not in OWN}
    problems = InputCheck(package).check(package.config, given)
    if package.name == "datadog" and str(_open(news.get("validate"))).lower() == "false":
        return problems
    return problems + [
        Problem(name, "is required: the provider cannot sign its requests without it")
        for name in CREDENTIALS.get(package.name, ())
        if _open(news.get(name)) in (None, "")
    ]


def _open(value: Any) -> Any:
    return value.value if isinstance(value, Secret) else value


def _parsed(package: Package, name: str, value: Any) -> Any:
    known = package.config.get(name)
    text = _open(value)
    if known is None or known.type == "string" or not isinstance(text, str) or text == UNKNOWN:
        return value
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError:
        return value
    return Secret(parsed) if isinstance(value, Secret) else parsed

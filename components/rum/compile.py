"""From browser applications to the arguments of Datadog RUM applications."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from components.rum.spec import RumSpec
from infra.naming import Mark, is_logical_name
from infra.problems import Problem


def check(specs: Iterable[RumSpec]) -> list[Problem]:
    """Everything that is wrong with these applications."""
    return [
        Problem(f"rum.{spec.key}", "is not a usable key", "lower case letters, digits and hyphens, at most 63")
        for spec in specs
        if not is_logical_name(spec.key)
    ]


def compile_application(spec: RumSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.RumApplication`."""
    # Applications carry no tags; their names say whose they are.
    return {"name": Mark(spec.stack).title(spec.service), "type": "browser"}

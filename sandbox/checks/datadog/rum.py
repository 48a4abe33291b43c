"""RUM applications: the API's model and the kinds of application it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datadog_api_client.v2.model.rum_application_create_attributes import RUMApplicationCreateAttributes

from sandbox.checks.datadog.body import as_property, snake, snake_keys
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem, did_you_mean

KINDS = ("browser", "ios", "android", "react-native", "flutter", "roku", "electron", "unity", "kotlin-multiplatform")
"""Values of `type`, from the API's description of the attribute."""


def check(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `RumApplication`."""
    members = {snake(name): name for name in inputs}
    problems = [as_property(each, members) for each in check_model(RUMApplicationCreateAttributes, snake_keys(inputs))]
    kind = inputs.get("type")
    if isinstance(kind, str) and kind not in KINDS:
        problems.append(Problem("type", f"{kind!r} is not allowed{did_you_mean(kind, KINDS)}"))
    return problems

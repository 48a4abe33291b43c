"""Synthetic tests: kinds, options and assertions against the API's models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from datadog_api_client.v1.model.synthetics_assertion_operator import SyntheticsAssertionOperator
from datadog_api_client.v1.model.synthetics_test_details_sub_type import SyntheticsTestDetailsSubType
from datadog_api_client.v1.model.synthetics_test_details_type import SyntheticsTestDetailsType
from datadog_api_client.v1.model.synthetics_test_pause_status import SyntheticsTestPauseStatus

from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem

WORDS = {
    "type": SyntheticsTestDetailsType,
    "subtype": SyntheticsTestDetailsSubType,
    "status": SyntheticsTestPauseStatus,
}
NESTED_OPERATORS = ("validatesJSONPath", "validatesXPath", "validatesJSONSchema", "md5", "md5DoesNotMatch")
"""Operators the assertion models list apart from the plain ones."""
LEAST_TICK, LONGEST_TICK = 30, 604_800
"""Seconds between two runs: the API's limits."""


def check(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SyntheticsTest`."""
    problems = [
        problem for name, model in WORDS.items() if name in inputs for problem in check_model(model, inputs[name], name)
    ]
    return [*problems, *_rules(inputs)]


def _rules(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    if inputs.get("locations") == []:
        yield Problem("locations", "at least one location is needed")
    tick = (inputs.get("optionsList") or {}).get("tickEvery")
    if isinstance(tick, int) and not LEAST_TICK <= tick <= LONGEST_TICK:
        yield Problem("optionsList.tickEvery", f"must lie between {LEAST_TICK} and {LONGEST_TICK} seconds, not {tick}")
    if inputs.get("type") == "api" and inputs.get("subtype", "http") == "http" and not inputs.get("requestDefinition"):
        yield Problem("requestDefinition", "is required for an HTTP test: its method and url")
    if inputs.get("type") == "browser" and not inputs.get("deviceIds"):
        yield Problem("deviceIds", "is required for a browser test")
    for index, assertion in enumerate(inputs.get("assertions") or []):
        operator = assertion.get("operator")
        if isinstance(operator, str) and operator not in NESTED_OPERATORS:
            yield from check_model(SyntheticsAssertionOperator, operator, f"assertions[{index}].operator")

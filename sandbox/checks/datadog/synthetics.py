"""Synthetic tests: kinds, schedule, requests, steps and assertions against the API's models and limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from datadog_api_client.v1.model.synthetics_api_test_step_subtype import SyntheticsAPITestStepSubtype
from datadog_api_client.v1.model.synthetics_assertion_operator import SyntheticsAssertionOperator
from datadog_api_client.v1.model.synthetics_assertion_type import SyntheticsAssertionType
from datadog_api_client.v1.model.synthetics_global_variable_parser_type import SyntheticsGlobalVariableParserType
from datadog_api_client.v1.model.synthetics_step_type import SyntheticsStepType
from datadog_api_client.v1.model.synthetics_test_details_sub_type import SyntheticsTestDetailsSubType
from datadog_api_client.v1.model.synthetics_test_details_type import SyntheticsTestDetailsType
from datadog_api_client.v1.model.synthetics_test_pause_status import SyntheticsTestPauseStatus

from contract import synthetics as limits
from sandbox.checks.models import check_model
from sandbox.checks.problem import Problem, did_you_mean

WORDS = {
    "type": SyntheticsTestDetailsType,
    "subtype": SyntheticsTestDetailsSubType,
    "status": SyntheticsTestPauseStatus,
}
TARGETS = {
    "validatesJSONPath": "targetjsonpath",
    "validatesJSONSchema": "targetjsonschema",
    "validatesXPath": "targetxpath",
}
"""Operators that take a target of their own -> the property that holds it."""
OWN_OPERATORS = (*TARGETS, "md5", "sha1", "sha256")
"""Operators that the API's models list apart from the plain ones."""
OWN_TYPES = ("bodyHash", "javascript", "mcpRespectsSpecification", "mcpServerCapabilities")
"""Types of assertion that the API's models list apart from the plain ones."""
NEEDED = {"http": ("url", "method"), "ssl": ("host", "port"), "tcp": ("host", "port"), "dns": ("host",)}
"""Kind of request -> what its definition must have."""


def check(inputs: Mapping[str, Any]) -> list[Problem]:
    """Problems of a `SyntheticsTest`."""
    problems = [
        problem for name, model in WORDS.items() if name in inputs for problem in check_model(model, inputs[name], name)
    ]
    kind, subtype = inputs.get("type"), inputs.get("subtype", "http")
    problems += _places(inputs)
    problems += _options(inputs)
    if kind == "browser":
        problems += [*_browser(inputs), *_request(inputs, "http", "")]
    elif kind == "api" and subtype == "multi":
        problems += _steps(inputs)
    elif kind == "api":
        problems += [*_request(inputs, str(subtype), ""), *_assertions(inputs, "")]
    return problems


def _places(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    locations = inputs.get("locations")
    if locations == []:
        yield Problem("locations", "at least one location is needed")
    for index, location in enumerate(locations or []):
        if isinstance(location, str) and not limits.is_location(location):
            hint = did_you_mean(location, limits.MANAGED_LOCATIONS)
            yield Problem(f"locations[{index}]", f"there is no location {location!r}{hint}")


def _options(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    options = inputs.get("optionsList") or {}
    retry, monitor = options.get("retry") or {}, options.get("monitorOptions") or {}
    kind = "browser" if inputs.get("type") == "browser" else "api"
    ranges = (
        ("tickEvery", options, limits.LEAST_SECONDS_BETWEEN_RUNS[kind], limits.MOST_SECONDS_BETWEEN_RUNS, " seconds"),
        ("minFailureDuration", options, 0, limits.LONGEST_FAILING_SECONDS, " seconds"),
        ("minLocationFailed", options, 1, max(len(inputs.get("locations") or ["any"]), 1), " locations"),
        ("monitorPriority", options, 1, 5, ""),
        ("retry.count", retry, 0, limits.MOST_RETRIES[kind], ""),
        ("retry.interval", retry, 0, limits.LONGEST_RETRY_INTERVAL, " milliseconds"),
    )
    for path, holder, least, most, unit in ranges:
        value = holder.get(path.rsplit(".", 1)[-1])
        if isinstance(value, int | float) and not least <= value <= most:
            yield Problem(f"optionsList.{path}", f"must lie between {least} and {most}{unit}, not {value:g}")
    renotify = monitor.get("renotifyInterval")
    if isinstance(renotify, int | float) and renotify not in limits.RENOTIFY_MINUTES:
        allowed = ", ".join(str(minutes) for minutes in sorted(limits.RENOTIFY_MINUTES))
        yield Problem("optionsList.monitorOptions.renotifyInterval", f"must be one of {allowed}, not {renotify:g}")
    if monitor.get("renotifyOccurrences") and not renotify:
        yield Problem("optionsList.monitorOptions.renotifyOccurrences", "can only be set with renotifyInterval")


def _browser(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    devices = inputs.get("deviceIds")
    if not devices:
        yield Problem("deviceIds", "is required for a browser test")
    for index, device in enumerate(devices or []):
        if isinstance(device, str) and device not in limits.DEVICES:
            hint = did_you_mean(device, limits.DEVICES)
            yield Problem(f"deviceIds[{index}]", f"there is no device {device!r}{hint}")
    for index, step in enumerate(inputs.get("browserSteps") or []):
        if "type" in step:
            yield from check_model(SyntheticsStepType, step["type"], f"browserSteps[{index}].type")


def _steps(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    steps = inputs.get("apiSteps")
    if not steps:
        yield Problem("apiSteps", "is required for a multistep test")
    taken: set[str] = set()
    for index, step in enumerate(steps or []):
        path = f"apiSteps[{index}]."
        subtype = step.get("subtype", "http")
        if subtype == "wait":
            continue
        yield from check_model(SyntheticsAPITestStepSubtype, subtype, f"{path}subtype")
        yield from _request(step, subtype, path)
        yield from _assertions(step, path)
        for number, value in enumerate(step.get("extractedValues") or []):
            yield from _extracted(value, f"{path}extractedValues[{number}].", taken)


def _extracted(value: Mapping[str, Any], path: str, taken: set[str]) -> Iterator[Problem]:
    name, parser = value.get("name"), value.get("parser") or {}
    if isinstance(name, str):
        if not limits.VARIABLE.fullmatch(name):
            yield Problem(f"{path}name", f"{name!r} is no name: at least 3 capital letters, digits and underscores")
        if name in taken:
            yield Problem(f"{path}name", f"{name!r} is taken already")
        taken.add(name)
    if "type" in parser:
        yield from check_model(SyntheticsGlobalVariableParserType, parser["type"], f"{path}parser.type")
        if parser["type"] != "raw" and not parser.get("value"):
            yield Problem(f"{path}parser.value", f"is required for a parser of type {parser['type']!r}")


def _request(holder: Mapping[str, Any], subtype: str, path: str) -> Iterator[Problem]:
    definition = holder.get("requestDefinition")
    needed = NEEDED.get(subtype, ())
    if not definition:
        if needed:
            yield Problem(f"{path}requestDefinition", f"is required: {' and '.join(needed)}")
        return
    for name in needed:
        if not definition.get(name):
            yield Problem(f"{path}requestDefinition.{name}", f"is required for a request of kind {subtype!r}")
    url = definition.get("url")
    if isinstance(url, str) and url and not _is_url(url):
        yield Problem(f"{path}requestDefinition.url", f"{url!r} is no URL: https://, a host, a path")


def _is_url(url: str) -> bool:
    if url.startswith("{{"):
        return True  # a variable, known when the test runs
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is none
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in parts.netloc


def _assertions(holder: Mapping[str, Any], path: str) -> Iterator[Problem]:
    assertions = holder.get("assertions")
    if not assertions:
        yield Problem(f"{path}assertions", "at least one is needed")
    elif len(assertions) > limits.MOST_ASSERTIONS:
        yield Problem(f"{path}assertions", f"at most {limits.MOST_ASSERTIONS} are allowed, not {len(assertions)}")
    for index, assertion in enumerate(assertions or []):
        yield from _assertion(assertion, f"{path}assertions[{index}].")


def _assertion(assertion: Mapping[str, Any], path: str) -> Iterator[Problem]:
    kind, operator = assertion.get("type"), assertion.get("operator")
    if isinstance(kind, str) and kind in OWN_TYPES:
        return
    if isinstance(kind, str):
        yield from check_model(SyntheticsAssertionType, kind, f"{path}type")
    if not operator:
        yield Problem(f"{path}operator", "is required")
    elif operator in TARGETS:
        if not assertion.get(TARGETS[operator]):
            yield Problem(f"{path}{TARGETS[operator]}", f"is required with the operator {operator!r}")
    elif operator not in OWN_OPERATORS:
        yield from check_model(SyntheticsAssertionOperator, operator, f"{path}operator")
        if assertion.get("target") is None and operator not in ("isUndefined", "doesNotExist"):
            yield Problem(f"{path}target", f"is required with the operator {operator!r}")

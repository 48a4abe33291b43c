"""What Datadog refuses in synthetic tests, with the path and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.checks.resource import ResourceCheck
from sandbox.schema.cache import Schemas
from sandbox.wire import UNKNOWN
from tests.unit.sandbox import examples as ex

Check = Callable[[dict[str, Any]], list[str]]


@pytest.fixture
def check(schemas: Schemas) -> Check:
    package = schemas.package("datadog")
    resource = package.resources[ex.PROBE]
    return lambda inputs: [str(each) for each in ResourceCheck(package, "1.34").check(resource, inputs)]


@pytest.mark.parametrize(
    "inputs", [ex.probe(), ex.probe(requestDefinition={"method": "GET", "url": UNKNOWN}), ex.browser_probe()]
)
def test_a_sound_test_has_no_problem(check: Check, inputs: dict[str, Any]) -> None:
    assert check(inputs) == []


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        ex.probe(locations=["aws:eu-centrl-1"]),
        "locations[0]: there is no location 'aws:eu-centrl-1'; did you",
    ),
    (
        ex.probe(optionsList={"tickEvery": 10}),
        "optionsList.tickEvery: must lie between 30 and 604800 seconds",
    ),
    (
        ex.browser_probe(optionsList={"tickEvery": 30}),
        "optionsList.tickEvery: must lie between 60 and 604800 seconds",
    ),
    (
        ex.probe(optionsList={"tickEvery": 300, "retry": {"count": 4}}),
        "optionsList.retry.count: must lie between 0 and 3, not 4",
    ),
    (
        ex.browser_probe(optionsList={"tickEvery": 300, "retry": {"count": 3}}),
        "optionsList.retry.count: must lie between 0 and 2, not 3",
    ),
    (
        ex.probe(optionsList={"tickEvery": 300, "minLocationFailed": 2}),
        "optionsList.minLocationFailed: must lie between 1 and 1 locations, not 2",
    ),
    (
        ex.probe(optionsList={"tickEvery": 300, "monitorOptions": {"renotifyInterval": 25}}),
        "optionsList.monitorOptions.renotifyInterval: must be one of 0, 10,",
    ),
    (ex.browser_probe(deviceIds=["laptop"]), "deviceIds[0]: there is no device 'laptop'; did you mean"),
    (
        ex.browser_probe(browserSteps=[{"name": "x", "type": "assertPage", "params": {}}]),
        "browserSteps[0].type: 'assertPage' is not allowed; did you mean",
    ),
    (ex.probe(assertions=[]), "assertions: at least one is needed"),
    (
        ex.probe(assertions=[{"type": "body", "operator": "validatesJSONPath"}]),
        "assertions[0].targetjsonpath: is required with the operator 'validatesJSONPath'",
    ),
    (
        ex.probe(assertions=[{"type": "statusCod", "operator": "is", "target": "200"}]),
        "assertions[0].type: 'statusCod' is not allowed; did you mean 'statusCode'",
    ),
    (
        ex.probe(requestDefinition={"method": "GET", "url": "example.com"}),
        "requestDefinition.url: 'example.com' is no URL",
    ),
    (ex.probe(subtype="ssl"), "requestDefinition.host: is required for a request of kind 'ssl'"),
    (ex.probe(subtype="multi"), "apiSteps: is required for a multistep test"),
]


@pytest.mark.parametrize(("inputs", "expected"), REFUSED)
def test_a_bad_test_is_refused_with_the_place_and_the_reason(
    check: Check, inputs: dict[str, Any], expected: str
) -> None:
    problems = check(inputs)
    assert problems
    assert problems[0].startswith(expected)


def test_a_journeys_values_have_names_and_places(check: Check) -> None:
    value = {"name": "cursor", "type": "http_body", "parser": {"type": "json_path"}}
    request = {"requestDefinition": {"method": "GET", "url": "https://example.com/{{ A }}"}}
    asserted = {"assertions": [{"type": "statusCode", "operator": "is", "target": "200"}]}
    step = {"name": "First", "subtype": "http", **request, **asserted, "extractedValues": [value]}
    assert check(ex.probe(subtype="multi", apiSteps=[step])) == [
        "apiSteps[0].extractedValues[0].name: 'cursor' is no name: at least 3 capital letters, digits and underscores",
        "apiSteps[0].extractedValues[0].parser.value: is required for a parser of type 'json_path'",
    ]

"""The probes against an application that behaves as Genonaut does: they pass when it is well, and see what is wrong."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema  # type: ignore[import-untyped]
import pytest

from components.synthetics.check import check
from components.synthetics.compile import compile_probe
from components.synthetics.spec import Certificate, ProbesSpec, Visit
from infra.naming import Environment
from stacks.catalog.answers import REFUSAL, SEARCH_RESULT, page_shape
from stacks.specs import compose
from tests.examples import settings
from tests.unit.stacks.visitor import Answer, Application, failures

SLACK_ONLY = {tier: ["slack-example"] for tier in ("critical", "warning", "business")}
ITEMS = [{"id": number, "title": f"Picture {number}", "created_at": "2026-01-01T00:00:00Z"} for number in range(5)]

Change = Callable[[str, Answer], Answer]
"""From a route and its sound answer to the one that is given."""


def specs_of(environment: Environment, **changes: Any) -> ProbesSpec:
    return compose(settings(environment=environment.value, routing=SLACK_ONLY, **changes), stack="example").probes


def genonaut(change: Change = lambda _route, answer: answer) -> Application:
    """An application with five pictures, whose answers can be changed."""

    def answer(method: str, url: str, body: str | None) -> Answer:
        parts = urlsplit(url)
        route = f"{method} {parts.path}"
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return change(route, _sound(route, query, body))

    return answer


def _sound(route: str, query: dict[str, str], body: str | None) -> Answer:
    match route:
        case "GET /api/v1/health":
            return 200, {"status": "healthy", "database": {"status": "connected"}, "timestamp": "now", "error": None}
        case "GET /api/v1/content/unified":
            size = int(query["page_size"])
            start = int(query["cursor"]) if "cursor" in query else (int(query["page"]) - 1) * size
            return 200, page(start, size)
        case "POST /api/v1/content/search":
            limit = json.loads(body or "")["limit"]
            return 200, {"items": ITEMS[:limit], "total": len(ITEMS), "skip": 0, "limit": limit}
        case "POST /api/v1/users/":
            missing = [name for name in ("username", "email") if name not in json.loads(body or "")]
            detail = [{"type": "missing", "loc": ["body", name], "msg": "Field required"} for name in missing]
            return (422, {"detail": detail}) if missing else (201, {"id": "new"})
    return 404, {"detail": "Not Found"}


def page(start: int, size: int) -> dict[str, Any]:
    end = start + size
    pagination = {
        "page": start // size + 1,
        "page_size": size,
        "total_count": len(ITEMS),
        "has_next": end < len(ITEMS),
        "has_previous": start > 0,
        "next_cursor": str(end) if end < len(ITEMS) else None,
    }
    return {"items": ITEMS[start:end], "pagination": pagination}


def run(key: str, application: Application) -> list[str]:
    spec = specs_of(Environment.PRODUCTION)
    (probe,) = [probe for probe in spec.probes if probe.key == key]
    return failures(compile_probe(probe, spec), application)


API_PROBES = ("api-probe-health", "api-probe-pages", "api-probe-searching", "api-probe-registering")


@pytest.mark.parametrize("key", API_PROBES)
def test_a_sound_application_passes(key: str) -> None:
    assert run(key, genonaut()) == []


@pytest.mark.parametrize("key", API_PROBES)
def test_an_application_that_fails_everywhere_fails(key: str) -> None:
    assert run(key, genonaut(lambda _route, _answer: (500, {"detail": "Internal Server Error"})))


def test_health_is_not_fooled_by_a_200() -> None:
    down = {"status": "unhealthy", "database": {"status": "disconnected"}, "timestamp": "now", "error": "refused"}
    assert run("api-probe-health", genonaut(lambda _route, _answer: (200, down))) == [
        "It: $.status is 'unhealthy'",
        "It: $.database.status is 'disconnected'",
    ]


def paging(**wrong: Any) -> Change:
    def change(_route: str, answer: Answer) -> Answer:
        return answer[0], {**answer[1], "pagination": {**answer[1]["pagination"], **wrong}}

    return change


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda _route, answer: (200, {**answer[1], "items": []}), "First page"),
        (lambda _route, answer: (200, {"results": answer[1]["items"]}), "First page"),
        (lambda _route, answer: (200, {**answer[1], "items": ITEMS}), "First page"),
        (paging(has_next=False), "First page"),
        (paging(page=1, has_previous=False), "Second page"),
        (paging(next_cursor="99"), "From the cursor"),
    ],
)
def test_paging_sees_empty_repeated_and_overfull_pages_and_dead_cursors(change: Change, step: str) -> None:
    found = run("api-probe-pages", genonaut(change))
    assert found
    assert found[0].startswith(f"{step}: ")


def test_searching_sees_a_result_without_its_count() -> None:
    assert run("api-probe-searching", genonaut(lambda _route, answer: (200, {"items": answer[1]["items"]})))


def test_registering_sees_a_route_that_takes_anything() -> None:
    assert run("api-probe-registering", genonaut(lambda _route, _answer: (201, {"id": "new"})))


def test_no_probe_could_write() -> None:
    sent: list[tuple[str, str | None]] = []

    def recording(method: str, url: str, body: str | None) -> Answer:
        status, answer = genonaut()(method, url, body)
        sent.append((f"{method} {urlsplit(url).path}", body))
        assert status != 201
        return status, answer

    for key in API_PROBES:
        run(key, recording)
    assert {route for route, _ in sent if not route.startswith("GET ")} == {
        "POST /api/v1/content/search",
        "POST /api/v1/users/",
    }


@pytest.mark.parametrize("schema", [SEARCH_RESULT, REFUSAL, page_shape(2, page=1)])
def test_shapes_are_json_schemas(schema: dict[str, Any]) -> None:
    jsonschema.Draft7Validator.check_schema(schema)


def test_staging_is_probed_less_often_and_alerts_from_its_one_location() -> None:
    staging = {probe.key: probe for probe in specs_of(Environment.STAGING).probes}
    for probe in specs_of(Environment.PRODUCTION).probes:
        other = staging[probe.key].schedule
        assert other.every_seconds >= probe.schedule.every_seconds
        assert len(other.locations) == 1


def test_addresses_come_from_the_settings_and_what_is_left_out_is_not_probed() -> None:
    assert specs_of(Environment.PRODUCTION, endpoints=None).probes == ()
    spec = specs_of(Environment.PRODUCTION, endpoints={"web": "https://app.example.com:8443/"})
    subjects = {probe.key: probe.subject for probe in spec.probes}
    assert subjects["web-probe-certificate"] == Certificate(host="app.example.com", port=8443, days_left=21)
    visit = subjects["web-probe-visit"]
    assert isinstance(visit, Visit)
    assert visit.url == "https://app.example.com:8443/gallery"
    assert set(subjects) == {"web-probe-visit", "web-probe-certificate"}


def test_without_tls_there_is_no_certificate() -> None:
    keys = {probe.key for probe in specs_of(Environment.SANDBOX, endpoints={"api": "http://10.0.0.1:8001"}).probes}
    assert keys == set(API_PROBES)


def test_a_wrong_cadence_is_a_problem() -> None:
    spec = specs_of(Environment.PRODUCTION)
    wrong = [dataclasses.replace(one, schedule=dataclasses.replace(one.schedule, retries=9)) for one in spec.probes]
    assert len(check(dataclasses.replace(spec, probes=tuple(wrong)))) == len(spec.probes)

"""What is seen of browsers: what is compiled, and every problem at once."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.rum.check import check
from components.rum.compile import (
    FILE,
    compile_application,
    compile_config_map,
    compile_filter,
    compile_metric,
    config_text,
)
from components.rum.snippet import PACKAGE, snippet
from components.rum.spec import ApplicationSpec, BrowserMetric, Journey, Privacy, RetentionFilter, RumSpec, Sampling
from contract.telemetry import EVENT_SOURCES, METRICS
from contract.telemetry.browser import FACETS, JOURNEYS, OURS
from contract.telemetry.cardinality import series
from infra.naming import Mark
from stacks.catalog import browsers
from stacks.catalog.services import SERVICES
from tests.examples import WORLD

ROOT = Path(__file__).resolve().parents[3]
SAMPLING = Sampling(sessions=100.0, replays=5.0, traces=20.0, kept=10.0, privacy=Privacy.MASK)
SPEC = RumSpec(
    stack="example",
    environment="production",
    site="datadoghq.eu",
    intake=None,
    namespace="shop",
    sampling=SAMPLING,
    applications=(ApplicationSpec(key="web-rum", service="genonaut-web", traced=("https://api.example.com",)),),
    filters=browsers.filters(10.0),
    metrics=browsers.metrics(SERVICES),
    journeys=browsers.JOURNEYS,
)


def problems(**changes: Any) -> list[str]:
    return [str(one) for one in check(replace(SPEC, **changes), WORLD)]


def sampled(**changes: Any) -> Sampling:
    return replace(SAMPLING, **changes)


def test_the_catalog_has_no_problems() -> None:
    assert problems() == []


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sampling": sampled(sessions=150.0)}, "rum.sampling.sessions: 150 percent cannot be (0 to 100)"),
    ({"sampling": sampled(replays=-1.0)}, "rum.sampling.replays: -1 percent cannot be (0 to 100)"),
    ({"sampling": sampled(traces=float("nan"))}, "rum.sampling.traces: nan percent cannot be (0 to 100)"),
    ({"sampling": sampled(kept=0.0)}, "rum.sampling.kept: 0 percent cannot be (0.1 to 100)"),
    ({"sampling": sampled(sessions=0.0)}, "rum.sampling.replays: records sessions that are not sent"),
    ({"intake": "http://intake.example.com"}, "rum.intake: http://intake.example.com is not encrypted"),
    (
        {"applications": (ApplicationSpec(key="web-rum", service="genonaut-web", traced=("http://api.example.com",)),)},
        "rum.web-rum.traced: http://api.example.com is no origin (https:// and a host in lower case, no path",
    ),
    (
        {"applications": (ApplicationSpec(key="w", service="w", traced=("https://example.com/api",)),)},
        "rum.w.traced: https://example.com/api is no origin",
    ),
    (
        {"applications": (ApplicationSpec(key="w", service="w", traced=("https://example.com:443",)),)},
        "rum.w.traced: https://example.com:443 is no origin",
    ),
    ({"applications": (ApplicationSpec(key="Web", service="w", traced=()),)}, "rum.Web: is not a usable key"),
    ({"journeys": (*SPEC.journeys, Journey(key="checkout", starts="", ends=""))}, "rum.journeys.checkout: is not in"),
    ({"journeys": SPEC.journeys[1:]}, "rum.journeys.registration: is in the contract, but nobody says"),
    ({"metrics": SPEC.metrics[1:]}, "rum.metrics: nobody makes genonaut.browser.views, which the contract has"),
    ({"metrics": (*SPEC.metrics, SPEC.metrics[0])}, "rum.metrics.genonaut.browser.views: stands there 2 times"),
    ({"filters": (*SPEC.filters, replace(SPEC.filters[0], key="again"))}, "rum.filters: 2 judge error events"),
    ({"filters": (replace(SPEC.filters[0], percent=101.0),)}, "rum.filters.keep-errors: keeps 101 percent"),
    (
        {"filters": (replace(SPEC.filters[0], search="@sesion.type:user"),)},
        "rum.filters.keep-errors: rum have no @sesion.type: did you mean @session.type?",
    ),
    (
        {"filters": (replace(SPEC.filters[0], search="@session.type:usr"),)},
        "rum.filters.keep-errors: rum: @session.type:usr does not occur",
    ),
    (
        {"filters": (replace(SPEC.filters[0], search="service:genonaut-api"),)},
        "rum: service:genonaut-api does not occur",
    ),
]


@pytest.mark.parametrize(("changes", "expected"), WRONG)
def test_what_is_wrong_is_told_with_its_place(changes: dict[str, Any], expected: str) -> None:
    assert [one for one in problems(**changes) if expected in one], problems(**changes)


WRONG_METRICS: list[tuple[dict[str, Any], str]] = [
    ({"name": "genonaut.browser.nothing"}, "genonaut.browser.nothing is not in the contract"),
    ({"name": "rum.measure.view"}, "rum.measure.view is not in the contract"),
    ({"measure": None}, "the contract says that genonaut.browser.largest_contentful_paint is a distribution"),
    ({"measure": "@view.cumulative_layout_shift"}, "@view.cumulative_layout_shift is in no unit"),
    ({"measure": "@view.name"}, "rum: @view.name is no number"),
    ({"measure": "@view.paint"}, "rum have no @view.paint"),
]


@pytest.mark.parametrize(("changes", "expected"), WRONG_METRICS)
def test_a_metric_that_is_not_the_contracts_is_told(changes: dict[str, Any], expected: str) -> None:
    paint = next(one for one in SPEC.metrics if "contentful" in one.name)
    others = tuple(one for one in SPEC.metrics if one is not paint)
    found = problems(metrics=(*others, replace(paint, **changes)))
    assert [one for one in found if f"rum.metrics.{paint.key}: {expected}" in one], found


def test_all_problems_come_at_once() -> None:
    merged: dict[str, Any] = {}
    for changes, _ in WRONG[4:7]:
        merged |= changes
    assert {one.split(":")[0] for one in problems(**merged)} == {
        "rum.sampling.replays", "rum.intake", "rum.web-rum.traced",
    }  # fmt: skip


@given(*[st.floats() for _ in range(4)])
def test_any_rates_are_told_or_fit(sessions: float, replays: float, traces: float, kept: float) -> None:
    sampling = sampled(sessions=sessions, replays=replays, traces=traces, kept=kept)
    told = {one.where for one in check(replace(SPEC, sampling=sampling), WORLD)}
    for name in ("sessions", "replays", "traces"):
        if not 0 <= getattr(sampling, name) <= 100:
            assert f"rum.sampling.{name}" in told
    assert ("rum.sampling.kept" in told) == (not 0.1 <= kept <= 100)


def test_metrics_have_the_type_and_the_tags_of_the_contract() -> None:
    for spec in SPEC.metrics:
        made, metric = compile_metric(spec), METRICS[spec.name]
        assert {one["tag_name"] for one in made["group_bies"]} == metric.keys
        assert made["compute"]["aggregation_type"] == metric.type.value
        assert ("uniqueness" in made) == (spec.event in {"view", "session"})


def test_a_metric_as_datadog_takes_it() -> None:
    spec = BrowserMetric(
        key="x", name="genonaut.browser.cumulative_layout_shift", event="view", search="*", measure="@view.x"
    )
    assert compile_metric(spec) == {
        "name": "genonaut.browser.cumulative_layout_shift",
        "event_type": "view",
        "compute": {"aggregation_type": "distribution", "include_percentiles": True, "path": "@view.x"},
        "filter": {"query": "*"},
        "group_bies": [
            {"path": "env", "tag_name": "env"},
            {"path": "service", "tag_name": "service"},
            {"path": "@device.type", "tag_name": "device_type"},
            {"path": "@geo.country", "tag_name": "country"},
        ],
        "uniqueness": {"when": "end"},
    }


def test_tags_are_made_from_attributes_that_events_have() -> None:
    used = {tag.key for metric in METRICS.values() if metric.name.startswith(OURS) for tag in metric.tags}
    assert used == FACETS.keys()
    assert all(EVENT_SOURCES["rum"].facet(name) for name in FACETS.values())


def test_applications_and_filters_say_whose_they_are() -> None:
    mark = Mark("example")
    assert compile_application(SPEC.applications[0], mark) == {"name": "genonaut-web [example]", "type": "browser"}
    spec = RetentionFilter(key="k", title="Slow", event="view", search="@session.type:user", percent=2.5)
    assert compile_filter(spec, mark) == {
        "name": "Slow [example]",
        "event_type": "view",
        "query": "@session.type:user",
        "sample_rate": 2.5,
        "enabled": True,
    }


def test_the_config_map_holds_what_browsers_may_see() -> None:
    application = SPEC.applications[0]
    manifest = compile_config_map(SPEC, application, config_text(SPEC, application, "id", "token"))
    assert manifest["metadata"]["name"] == "genonaut-web-monitoring"
    assert manifest["metadata"]["namespace"] == "shop"
    assert json.loads(manifest["data"][FILE]) == {
        "applicationId": "id",
        "clientToken": "token",
        "site": "datadoghq.eu",
        "service": "genonaut-web",
        "env": "production",
        "sessionSampleRate": 100.0,
        "sessionReplaySampleRate": 5.0,
        "traceSampleRate": 20.0,
        "defaultPrivacyLevel": "mask",
        "tracedOrigins": ["https://api.example.com"],
    }
    through_a_proxy = replace(SPEC, intake="https://intake.example.com/rum")
    assert json.loads(config_text(through_a_proxy, application, "", ""))["intake"] == through_a_proxy.intake


def test_the_snippet_offers_the_journeys_of_the_catalog() -> None:
    files = snippet(SPEC.journeys)
    assert sorted(files) == ["journeys.ts", "monitoring.ts"]
    assert [line.split('"')[1] for line in files["journeys.ts"].splitlines() if line.startswith("  |")] == [
        journey.key for journey in SPEC.journeys
    ]
    assert {journey.key for journey in SPEC.journeys} == set(JOURNEYS)


def test_the_snippet_reads_every_member_of_the_configuration() -> None:
    # Types say what may be read; this, that all of it is.
    module = snippet(())["monitoring.ts"]
    application = SPEC.applications[0]
    config = json.loads(config_text(dataclasses.replace(SPEC, intake="https://x"), application, "", ""))
    assert [member for member in config if f"config.{member}" not in module] == []


def test_the_page_about_browsers_says_what_is() -> None:
    page = (ROOT / "docs" / "rum.md").read_text()
    rows = [f"| {one.key} | {one.starts} | {one.ends} |" for one in SPEC.journeys]
    assert [row for row in rows if row not in page] == []
    package = json.loads((ROOT / "tests" / "browser" / "package.json").read_text())
    assert f"npm install {PACKAGE}@{package['dependencies'][PACKAGE]}`" in page
    ours = [metric for name, metric in METRICS.items() if name.startswith(OURS)]
    assert f"at most {sum(series(metric, 'production') for metric in ours)} combinations" in page


def test_the_lock_of_npm_packages_records_no_download_address() -> None:
    lock = (ROOT / "tests" / "browser" / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert "://" not in lock

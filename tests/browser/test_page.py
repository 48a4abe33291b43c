"""The snippet in a real browser, with the API, a stranger and Datadog's intake on origins of this machine."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from components.rum.compile import browser_config
from components.rum.spec import Privacy, Sampling
from contract.telemetry import METRICS
from contract.telemetry.browser import FACETS
from stacks.catalog.browsers import metrics
from stacks.catalog.services import SERVICES
from stacks.specs import compose
from tests import chromium
from tests.browser import packages
from tests.browser.parties import WAIT, Intake, Party, Request, running
from tests.examples import settings

pytestmark = [pytest.mark.slow, chromium.needed, packages.needed]

HERE = Path(__file__).parent
ALL = Sampling(sessions=100.0, replays=0.0, traces=100.0, kept=100.0, privacy=Privacy.MASK_USER_INPUT)
EMAIL, TOKEN = "somebody@example.com", "madeUpToken0123456789abcdefghijkl"
ADDRESS = f"/gallery/{EMAIL}?access_token={TOKEN}#id_token={TOKEN}"
TYPED = "a castle by the sea"
TRACE = (
    "traceparent", "tracestate", "x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-origin",
    "x-datadog-sampling-priority",
)  # fmt: skip
EVENTS = ("view", "error", "action", "resource", "vital", "long_task")
ERRORS = (
    f"app.fail('no picture for {EMAIL}')",
    f"app.reportError(new Error('caught, Bearer {TOKEN}'), {{ componentStack: 'at Gallery' }})",
)
OF_SERVERS = ("@geo.country", "@device.type", "env")
"""Attributes that Datadog adds, from the address, from the user agent and from the event's `ddtags`."""


@dataclass
class Page:
    """The page, and whom it speaks with."""

    browser: webdriver.Chrome
    site: Party
    api: Party
    stranger: Party
    intake: Intake

    def open(self, sampling: Sampling, intake: str | None = None) -> None:
        """Visit as somebody who was never there."""
        spec = compose(settings(), "example").rum
        application = dataclasses.replace(spec.applications[0], traced=(self.api.origin,))
        spec = dataclasses.replace(spec, sampling=sampling, intake=intake or f"{self.intake.origin}/rum")
        config = browser_config(spec, application, "00000000-0000-4000-8000-000000000000", "made-up-client-token")
        self.site.pages = {**self.site.pages, "/monitoring/rum.json": (json.dumps(config), "application/json")}
        self.visit()

    def visit(self) -> None:
        """Visit, with whatever configuration the site has."""
        self.browser.get(f"{self.site.origin}/nothing")
        self.browser.delete_all_cookies()
        for party in (self.site, self.api, self.stranger, self.intake):
            party.asked.clear()
        self.browser.get(f"{self.site.origin}{ADDRESS}")
        WebDriverWait(self.browser, WAIT).until(
            lambda driver: driver.find_elements(By.CSS_SELECTOR, "[data-ready]"), "the page does not begin"
        )

    def leave(self) -> None:
        """Go away: what was gathered is sent."""
        self.browser.get("about:blank")

    def ask(self, origin: str, path: str) -> None:
        """Have the page fetch something, and wait for the answer."""
        script = "const done = arguments[1]; fetch(arguments[0]).then((answer) => answer.text()).then(done, done)"
        self.browser.execute_async_script(script, origin + path)

    def run(self, script: str) -> Any:
        """What a script on the page returns."""
        return self.browser.execute_script(script)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("web")
    packages.take_in(folder)
    (folder / "app.ts").write_text((HERE / "app.ts").read_text())
    script = packages.bundle(folder, "app.ts")
    html = (HERE / "page.html").read_text(), "text/html"
    site = Party(pages={"/app.js": (script, "text/javascript"), "*": html})
    with ExitStack() as stack:
        api, stranger, intake = Party(), Party(), Intake()
        for party in (site, api, stranger, intake):
            stack.enter_context(running(party))
        driver = chromium.browser(tmp_path_factory.mktemp("profile"))
        stack.callback(driver.quit)
        yield Page(driver, site, api, stranger, intake)


@pytest.fixture(scope="module")
def visited(page: Page) -> Page:
    """The page after a visit in which everything happens, recorded; only what came of it is looked at."""
    page.open(dataclasses.replace(ALL, replays=100.0))
    page.browser.find_element(By.NAME, "prompt").send_keys(TYPED)
    page.browser.find_element(By.TAG_NAME, "button").click()
    page.ask(page.api.origin, f"/api/v1/content/unified?cursor={TOKEN}")
    page.ask(page.stranger.origin, "/fonts")
    for script in ERRORS:
        page.run(script)
    page.run("const search = app.startJourney('search'); search.complete(); search.fail()")
    page.run("app.startJourney('registration').fail('abandoned')")
    # The SDK tells of an action once the page is calm again.
    page.browser.execute_async_script("setTimeout(arguments[0], 400)")
    page.leave()
    intake = page.intake
    intake.wait_for(lambda: [view for view in intake.events("view") if view["view"]["error"]["count"] == len(ERRORS)])
    intake.wait_for(lambda: intake.events("vital") and intake.events("action"))
    intake.wait_for(intake.replays)
    return dataclasses.replace(
        page,
        api=Party(asked=list(page.api.asked)),
        stranger=Party(asked=list(page.stranger.asked)),
        intake=Intake(asked=list(page.intake.asked)),
    )


def test_the_view_arrives_with_whose_it_is(visited: Page) -> None:
    view = visited.intake.events("view")[-1]
    assert view["application"]["id"] == "00000000-0000-4000-8000-000000000000"
    assert (view["service"], view["version"], view["session"]["type"]) == ("genonaut-web", "1.2.3", "user")
    assert {"env:production", "service:genonaut-web", "version:1.2.3"} <= set(view["ddtags"].split(","))
    assert view["view"]["error"]["count"] == len(ERRORS)
    assert view["view"]["largest_contentful_paint"] > 0
    assert "usr" not in view or "anonymous_id" not in view["usr"]


def test_errors_arrive_with_their_stacks(visited: Page) -> None:
    thrown, caught = visited.intake.events("error")
    assert (thrown["error"]["type"], thrown["error"]["source"]) == ("TypeError", "source")
    assert thrown["error"]["handling"] == "unhandled"
    assert re.search(r" at .+:\d+:\d+", thrown["error"]["stack"])
    assert (caught["error"]["source"], caught["error"]["handling"]) == ("custom", "handled")
    assert caught["context"] == {"component_stack": "at Gallery"}


def test_a_click_arrives_as_an_action(visited: Page) -> None:
    names = [one["action"]["target"]["name"] for one in visited.intake.events("action") if "target" in one["action"]]
    assert "Order an image" in names


def asked(party: Party) -> Request:
    (request,) = [one for one in party.asked if one.method == "GET"]
    return request


def test_the_api_gets_the_trace_that_the_resource_names(visited: Page) -> None:
    request = asked(visited.api)
    (resource,) = [one for one in visited.intake.events("resource") if "/content/unified" in one["resource"]["url"]]
    assert all(request.headers.get(name) for name in TRACE)
    low = int(request.headers["x-datadog-trace-id"])
    # The 64 lower bits: https://docs.datadoghq.com/tracing/guide/span_and_trace_id_format/.
    version, trace, span, flags = request.headers["traceparent"].split("-")
    assert (version, int(trace, 16) & (2**64 - 1), flags) == ("00", low, "01")
    assert int(span, 16) == int(request.headers["x-datadog-parent-id"]) == int(resource["_dd"]["span_id"])
    assert int(resource["_dd"]["trace_id"]) == low
    assert (resource["resource"]["status_code"], resource["resource"]["type"]) == (200, "fetch")


def test_the_api_is_asked_to_allow_what_the_page_for_developers_says(visited: Page) -> None:
    (preflight,) = [one for one in visited.api.asked if one.method == "OPTIONS"]
    assert set(preflight.headers["access-control-request-headers"].split(",")) == set(TRACE)
    page = (HERE.parents[1] / "docs" / "rum.md").read_text()
    assert [name for name in TRACE if f"`{name}`" not in page] == []


def test_nobody_else_gets_trace_headers(visited: Page) -> None:
    headers = asked(visited.stranger).headers
    assert not [name for name in headers if name in TRACE or name.startswith(("x-datadog", "baggage"))]
    assert "baggage" not in asked(visited.api).headers


def test_journeys_arrive_and_end_once(visited: Page) -> None:
    vitals = [one["vital"] for one in visited.intake.events("vital")]
    steps = [(v["name"], v["step_type"], v.get("failure_reason")) for v in vitals if v["type"] == "operation_step"]
    assert steps == [
        ("search", "start", None),
        ("search", "end", None),
        ("registration", "start", None),
        ("registration", "end", "abandoned"),
    ]
    (duration,) = [one for one in vitals if one["type"] == "duration"]
    assert duration["name"] == "search"
    # Nanoseconds, as the contract says.
    assert 0 <= duration["duration"] < WAIT * 1e9


def test_what_metrics_are_made_of_is_in_the_events(visited: Page) -> None:
    # Left out is what no short visit has: an interaction is only told of when the view ends slowly enough.
    for spec in metrics(SERVICES):
        if spec.measure == "@view.interaction_to_next_paint":
            continue
        paths = [FACETS[tag.key] for tag in METRICS[spec.name].tags] + ([spec.measure] if spec.measure else [])
        sent = visited.intake.events(spec.event)
        for path in {*paths} - {*OF_SERVERS}:
            assert any(at(event, path) is not None for event in sent), f"{spec.name}: {path}"


def at(event: Any, path: str) -> Any:
    for member in path.removeprefix("@").split("."):
        event = event.get(member) if isinstance(event, dict) else None
    return event


def test_nothing_private_is_in_any_event(visited: Page) -> None:
    text = "\n".join(json.dumps(event) for kind in EVENTS for event in visited.intake.events(kind))
    assert "/gallery/[email]" in text
    assert "no picture for [email]" in text
    assert "caught, Bearer [token]" in text
    for private in (EMAIL, TOKEN, "access_token", "id_token", "cursor=", TYPED):
        assert private not in text, private


def test_the_recording_shows_the_page_and_not_what_is_typed(visited: Page) -> None:
    recorded = json.dumps(visited.intake.replays())
    assert "Order an image" in recorded
    # Of its address only the path is kept; what stands in the path is, too, which docs/rum.md says.
    assert "/gallery/" in recorded
    assert TOKEN not in recorded
    assert TYPED not in recorded


def test_without_replay_nothing_is_recorded(page: Page) -> None:
    page.open(ALL)
    page.leave()
    (view, *_) = page.intake.wait_for(lambda: page.intake.events("view"))
    assert page.intake.replays() == []
    assert not view["session"].get("has_replay")


def test_with_no_sessions_nothing_is_sent(page: Page) -> None:
    page.open(dataclasses.replace(ALL, sessions=0.0))
    page.ask(page.api.origin, "/api/v1/tags")
    page.run("app.startJourney('search').complete()")
    page.leave()
    assert page.intake.asked == []
    assert not [name for name in asked(page.api).headers if name in TRACE]


def test_the_application_works_without_an_intake(page: Page) -> None:
    page.open(ALL, intake="http://127.0.0.1:9/rum")
    works(page)


def test_the_application_works_without_a_configuration(page: Page) -> None:
    for content, kind in (("{", "application/json"), ("<html>", "text/html")):
        page.site.pages = {**page.site.pages, "/monitoring/rum.json": (content, kind)}
        page.visit()
        works(page)
    page.leave()
    assert page.intake.asked == []


def works(page: Page) -> None:
    page.browser.find_element(By.TAG_NAME, "button").click()
    assert page.browser.find_element(By.TAG_NAME, "output").text == "ordered"
    page.run("app.startJourney('search').complete(); app.reportError(undefined)")
    page.ask(page.api.origin, "/api/v1/tags")
    assert len([one for one in page.api.asked if one.method == "GET"]) == 1

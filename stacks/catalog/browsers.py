"""What is seen of people's browsers: their journeys, the sessions that are kept, the metrics made of them."""

from __future__ import annotations

from components.rum.spec import BrowserMetric, Journey, RetentionFilter
from stacks.catalog.services import Service
from stacks.catalog.targets import NANOSECONDS

JOURNEYS: tuple[Journey, ...] = (
    Journey(key="registration", starts="the sign-up form is shown", ends="the API has made the account"),
    Journey(key="search", starts="a search is sent", ends="its results are shown"),
    Journey(key="creation", starts="the editor is opened", ends="the API has stored the content"),
    Journey(key="generation", starts="an image is ordered", ends="the image is shown"),
    Journey(
        key="following",
        starts="a recommendation is clicked",
        ends="its content has been in view for five seconds",
    ),
)
"""The snippet offers exactly these (docs/rum.md); contract/telemetry/browser.py has the same names."""

POOR_PAINT = 4.0
"""Seconds: the border to poor of https://web.dev/articles/lcp."""

_PEOPLE = "@session.type:user"
"""Not our own probes."""


def filters(kept: float) -> tuple[RetentionFilter, ...]:
    """Which sessions are kept; `kept` is the percentage of those that nothing happens in."""
    return (
        RetentionFilter(
            key="keep-errors",
            title="Uncaught errors",
            event="error",
            search=f"{_PEOPLE} @error.source:source",
            percent=100.0,
        ),
        RetentionFilter(
            key="keep-failed-journeys",
            title="Failed journeys",
            event="vital",
            search=f"{_PEOPLE} @vital.type:operation_step @vital.failure_reason:error",
            percent=100.0,
        ),
        RetentionFilter(
            key="keep-slow-views",
            title="Slow views",
            event="view",
            search=f"{_PEOPLE} @view.largest_contentful_paint:>{POOR_PAINT * NANOSECONDS:.0f}",
            percent=100.0,
        ),
        RetentionFilter(key="keep-share", title="A share of all", event="session", search=_PEOPLE, percent=kept),
    )


def metrics(services: tuple[Service, ...]) -> tuple[BrowserMetric, ...]:
    """How the metrics of the contract are made, for the front ends of all environments."""
    ours = " OR ".join(service.name for service in services if service.in_browsers)
    if not ours:
        return ()
    of_people = f"{_PEOPLE} service:({ours})"
    steps = f"{of_people} @vital.type:operation_step"
    return (
        BrowserMetric(key="browser-views", name="genonaut.browser.views", event="view", search=of_people),
        BrowserMetric(key="browser-errors", name="genonaut.browser.errors", event="error", search=of_people),
        *(
            BrowserMetric(
                key=f"browser-{vital.replace('_', '-')}",
                name=f"genonaut.browser.{vital}",
                event="view",
                search=of_people,
                measure=f"@view.{vital}",
            )
            for vital in ("largest_contentful_paint", "interaction_to_next_paint", "cumulative_layout_shift")
        ),
        BrowserMetric(
            key="browser-journeys-started",
            name="genonaut.browser.journeys.started",
            event="vital",
            search=f"{steps} @vital.step_type:start",
        ),
        BrowserMetric(
            key="browser-journeys-completed",
            name="genonaut.browser.journeys.completed",
            event="vital",
            search=f"{steps} @vital.step_type:end -@vital.failure_reason:*",
        ),
        BrowserMetric(
            key="browser-journeys-failed",
            name="genonaut.browser.journeys.failed",
            event="vital",
            search=f"{steps} @vital.step_type:end @vital.failure_reason:*",
        ),
        BrowserMetric(
            key="browser-journeys-duration",
            name="genonaut.browser.journeys.duration",
            event="vital",
            search=f"{of_people} @vital.type:duration",
            measure="@vital.duration",
        ),
    )

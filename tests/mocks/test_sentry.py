"""Sentry's resources under mocks: what refers to what."""

from __future__ import annotations

from functools import cache
from typing import Any

from sentry_alerts import model
from sentry_alerts.provider.wire import decode, encode
from stacks.build import build
from tests.examples import settings
from tests.mocks.recording import Recording, declare

SLACK = {"integration": "1", "name": "#alerts"}
PAGER = {"integration": "2", "id": "77", "name": "Genonaut"}


@cache
def plain() -> Recording:
    """Without targets, as settings need none."""
    return recorded()


def recorded(targets: Any = None, **changes: Any) -> Recording:
    sentry = {"organization": "example", "targets": targets or {}}
    return declare(lambda: build(settings(sentry=sentry, **changes)))


def number(recording: Recording, name: str) -> str:
    """The number that the mocks gave a resource."""
    return str(recording.the(name).outputs["internalId"])


def test_alerts_name_the_numbers_of_what_was_made_with_them() -> None:
    recording = plain()
    alert = recording.the("sentry-new-issue").inputs
    assert alert["projects"] == [number(recording, f"{service}-sentry") for service in ("api", "worker", "web")]
    assert alert["name"] == "New error [example]"
    team = number(recording, "sentry-team")
    assert alert["actionFilters"][0]["actions"][0]["config"]["targetIdentifier"] == team
    monitor = recording.the("api-sentry-failure-rate").inputs
    assert (monitor["project"], monitor["owner"]) == (number(recording, "api-sentry"), f"team:{team}")
    critical = recording.the("sentry-monitors-critical").inputs
    assert number(recording, "api-sentry-failure-rate") in critical["monitorIds"]
    assert None not in critical["monitorIds"]


def test_the_targets_of_the_settings_are_told() -> None:
    recording = recorded({"slack-alerts": SLACK, "pagerduty-example": PAGER})

    def told(name: str) -> list[str]:
        return [one["type"] for one in recording.the(name).inputs["actionFilters"][0]["actions"]]

    assert told("sentry-spike") == ["pagerduty", "slack"]
    assert told("sentry-new-issue") == ["email"]


def test_the_api_is_watched_from_outside_where_its_url_is_known() -> None:
    assert recorded(endpoints={}).of_type(model.UPTIME_MONITOR) == {}
    watched = recorded(endpoints={"api": "https://example.com/"}).of_type(model.UPTIME_MONITOR)
    assert watched["api-sentry-uptime"].inputs["url"] == "https://example.com/api/v1/health"


def test_every_project_has_its_settings() -> None:
    recording = plain()
    for token in (model.PROJECT_SETTINGS, model.PROJECT_OWNERSHIP, model.INBOUND_FILTERS, model.SPIKE_PROTECTION):
        assert len(recording.of_type(token)) == 3


def test_what_is_declared_is_what_the_provider_takes() -> None:
    recording = recorded({"slack-alerts": SLACK}, endpoints={"api": "https://example.com"})
    ours = [one for one in recording.declared if one.type in model.MODELS]
    assert {one.type for one in ours} == set(model.MODELS)
    for one in ours:
        # As the engine hands them over: whole numbers are no fractions.
        assert model.problems(model.MODELS[one.type], decode(encode(one.inputs))) == [], one.name

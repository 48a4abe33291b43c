"""The event of a deployment, as Datadog gets it and dashboards look for it."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from stacks.specs import compose
from tests.examples import settings
from tests.unit.delivery.hub import Hub
from tools.delivery.event import Deployment, tell
from tools.vendors import VendorError

DEPLOYMENT = Deployment(service="genonaut-api", version="1.4.2", link="https://ci.example.com/7")


def test_it_carries_what_dashboards_draw_lines_from(hub: Hub) -> None:
    given = settings()
    tell(DEPLOYMENT, given, hub.address)
    (event,) = hub.events
    assert event["title"] == "genonaut-api 1.4.2"
    assert "https://ci.example.com/7" in event["text"]
    wanted = {board.deployments for board in compose(given, "example").dashboards.dashboards if board.deployments}
    assert wanted
    for query in wanted:
        # A variable of the dashboard is a tag of the same name.
        tags = [word.replace("$", "", 1) + ":" if word.startswith("$") else word for word in query.split()]
        for tag in tags:
            assert any(own.startswith(tag) for own in event["tags"]) or tag.startswith("service:"), query


def test_a_refusal_is_told_without_the_key(hub: Hub) -> None:
    given = settings().model_copy(update={"datadog_api_key": SecretStr("wrong")})
    with pytest.raises(VendorError, match=r"answered 403: .*Look at datadogApiKey") as told:
        tell(DEPLOYMENT, given, hub.address)
    assert "wrong" not in str(told.value)
    assert hub.events == []


def test_an_address_where_nobody_is_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _: None)
    with pytest.raises(VendorError, match=r"Datadog at http://127\.0\.0\.1:9 does not answer"):
        tell(DEPLOYMENT, settings(), "http://127.0.0.1:9")

"""The browser's resources: what is secret of them, who owns them, and what reaches the web application."""

from __future__ import annotations

import json

from components.rum.compile import FILE
from infra.settings import SECRETS
from tests.examples import VALUES
from tests.mocks.example import example, owner
from tests.mocks.recording import Declared

APPLICATION = "datadog:index/rumApplication:RumApplication"
FILTER = "datadog:index/rumRetentionFilter:RumRetentionFilter"
METRIC = "datadog:index/rumMetric:RumMetric"


def config_map() -> Declared:
    return owner().the("web-rum-config")


def test_the_client_token_arrives_and_is_a_secret_on_the_way() -> None:
    made = config_map()
    config = json.loads(made.inputs["data"][FILE])
    assert (config["clientToken"], config["applicationId"]) == ("token-of-web-rum", "id-of-web-rum")
    assert made.secrets == {"data"}
    assert made.inputs["metadata"]["namespace"] == "shop"


def test_no_other_secret_is_in_the_config_map() -> None:
    text = json.dumps(config_map().inputs)
    given = {**VALUES, "pagerdutyServiceKey": "made-up-service-key"}
    others = [given[key] for key in SECRETS if key in given]
    # What the engine makes secret anywhere else: provider keys, Sentry's, the agents' tokens.
    for one in owner().declared:
        if one is not config_map():
            others += [value for path in one.secrets if (value := at(one.inputs, path))]
        if one.type == "sentry:index/sentryKey:SentryKey":
            others.append(one.outputs["dsnPublic"])
    assert len(others) > len(SECRETS)
    assert [value for value in others if value in text] == []
    assert "token-of-web-rum" in text


def at(value: object, path: str) -> str:
    """The text at a path; empty where there is none."""
    for member in path.split("."):
        value = value.get(member) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def test_the_token_is_nowhere_else() -> None:
    holders = [one.name for one in owner().declared if "token-of-web-rum" in json.dumps(one.inputs)]
    assert holders == ["web-rum-config"]


def test_every_filter_is_the_applications() -> None:
    filters = owner().of_type(FILTER)
    assert set(filters) == {
        "web-rum-keep-errors", "web-rum-keep-failed-journeys", "web-rum-keep-slow-views", "web-rum-keep-share",
    }  # fmt: skip
    assert {one.inputs["applicationId"] for one in filters.values()} == {"id-of-web-rum"}


def test_metrics_are_made_by_the_owner_of_the_organisation_alone() -> None:
    assert {one.inputs["name"] for one in owner().of_type(METRIC).values()} >= {"genonaut.browser.views"}
    assert example().of_type(METRIC) == {}
    assert example().of_type(APPLICATION).keys() == owner().of_type(APPLICATION).keys()

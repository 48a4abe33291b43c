"""Logs under mocks: the owner makes them, nobody else does."""

from __future__ import annotations

from tests.mocks.example import built, example, owner
from tests.mocks.recording import Recording

PREFIXES = ("datadog:index/logs", "datadog:index/sensitiveDataScanner")


def of_logs(recording: Recording) -> set[str]:
    return {one.name for one in recording.declared if one.type.startswith(PREFIXES)}


def test_a_stack_that_does_not_own_the_organisation_makes_none() -> None:
    assert of_logs(example()) == set()


def test_the_owner_makes_them_marked() -> None:
    made = built(datadog={"ownerStack": "example"})
    assert {"logs-index-genonaut-production", "logs-index-genonaut-staging", "logs-pipeline-postgres"} <= of_logs(made)
    assert "pulumi_stack:example" in made.the("logs-index-genonaut-production").inputs["tags"]
    order = made.the("logs-index-order").inputs["indexes"]
    assert order == ["genonaut-production", "genonaut-staging", "main"]
    assert made.the("logs-scan-emails").inputs["groupId"] == "id-of-logs-scanning"
    assert "logs-archive" not in of_logs(made)


def test_an_archive_is_made_where_settings_name_one() -> None:
    assert owner().the("logs-archive").inputs["s3Archive"]["bucket"] == "made-up"

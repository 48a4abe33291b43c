"""Logs under mocks: the owner makes them, nobody else does."""

from __future__ import annotations

from tests.mocks.example import built
from tests.mocks.recording import Recording

PREFIXES = ("datadog:index/logs", "datadog:index/sensitiveDataScanner")


def of_logs(recording: Recording) -> set[str]:
    return {one.name for one in recording.declared if one.type.startswith(PREFIXES)}


def test_a_stack_that_does_not_own_the_organisation_makes_none() -> None:
    assert of_logs(built()) == set()


def test_the_owner_makes_them_marked() -> None:
    owner = built(datadog={"ownerStack": "example"})
    assert {"logs-index-genonaut-production", "logs-index-genonaut-staging", "logs-pipeline-postgres"} <= of_logs(owner)
    assert "pulumi_stack:example" in owner.the("logs-index-genonaut-production").inputs["tags"]
    order = owner.the("logs-index-order").inputs["indexes"]
    assert order == ["genonaut-production", "genonaut-staging", "main"]
    assert owner.the("logs-scan-emails").inputs["groupId"] == "id-of-logs-scanning"
    assert "logs-archive" not in of_logs(owner)


def test_an_archive_is_made_where_settings_name_one() -> None:
    archive = {"store": "s3", "bucket": "made-up", "account": "123456789012", "role": "made-up"}
    owner = built(datadog={"ownerStack": "example"}, logs={"archive": archive})
    assert owner.the("logs-archive").inputs["s3Archive"]["bucket"] == "made-up"

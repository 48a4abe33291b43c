"""What is done with logs, in the sandbox: what is refused, and what recovery finds by the vendor's client."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from datadog_api_client import ApiClient
from datadog_api_client.v2.api.logs_archives_api import LogsArchivesApi

from infra.naming import Mark
from sandbox.checks.resource import ResourceCheck
from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from sandbox.wire import UNKNOWN
from tests.examples import settings
from tests.unit.sandbox import examples as ex
from tests.unit.sandbox.found import assert_named_as_in_state, by_type
from tools.recover.found import (
    ARCHIVE,
    INDEX,
    INDEX_ORDER,
    LOG_METRIC,
    PIPELINE,
    SCAN_GROUP,
    SCAN_RULE,
    Found,
)
from tools.recover.inventory.datadog_logs import ORDER, TYPES, inventory

MARK = Mark("production")
S3 = {"bucket": "made-up", "accountId": "123456789012", "roleName": "made-up"}


def metric(**changes: Any) -> dict[str, Any]:
    compute = {"aggregationType": "distribution", "includePercentiles": True, "path": "@duration"}
    by = [{"path": "env", "tagName": "env"}]
    name = "genonaut.logs.made_up"
    return {"name": name, "compute": compute, "filter": {"query": "env:prod"}, "groupBies": by, **changes}


def index(stack: str = "production", **changes: Any) -> dict[str, Any]:
    return {
        "name": f"genonaut-{stack}",
        "filters": [{"query": f"env:{stack}"}],
        "retentionDays": 15,
        "dailyLimit": 1000,
        "disableDailyLimit": False,
        "dailyLimitReset": {"resetTime": "00:00", "resetUtcOffset": "+00:00"},
        "exclusionFilters": [
            {"name": "Debugging", "isEnabled": True, "filters": [{"query": "status:debug", "sampleRate": 1.0}]}
        ],
        "tags": [*Mark(stack).tag_filter, f"index_env:{stack}"],
        **changes,
    }


def pipeline(stack: str = "production", **changes: Any) -> dict[str, Any]:
    status = {"statusRemapper": {"name": "status from level", "isEnabled": True, "sources": ["level"]}}
    return {
        "name": Mark(stack).title("Redis"),
        "isEnabled": True,
        "filters": [{"query": "service:redis"}],
        "processors": [status],
        **changes,
    }


def archive(stack: str = "production", **changes: Any) -> dict[str, Any]:
    return {"name": Mark(stack).title("Genonaut"), "query": "*", "includeTags": True, "s3Archive": S3, **changes}


def without_s3(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in archive(**changes).items() if name != "s3Archive"}


def group(stack: str = "production", **changes: Any) -> dict[str, Any]:
    return {
        "name": Mark(stack).title("Genonaut logs"),
        "isEnabled": True,
        "productLists": ["logs"],
        "filter": {"query": "*"},
        **changes,
    }


def rule(stack: str = "production", group_id: str = "g", **changes: Any) -> dict[str, Any]:
    return {
        "name": Mark(stack).title("E-mail addresses"),
        "groupId": group_id,
        "isEnabled": True,
        "pattern": "[a-z]+@[a-z]+",
        "priority": 1,
        "textReplacement": {"type": "replacement_string", "replacementString": "[e-mail]"},
        **changes,
    }


@pytest.mark.parametrize(
    ("token", "inputs", "problem"),
    [
        (LOG_METRIC, metric(), None),
        (LOG_METRIC, metric(compute={"aggregationType": "average"}), "compute.aggregationType"),
        (LOG_METRIC, metric(compute={"aggregationType": "distribution"}), "compute.path"),
        (LOG_METRIC, metric(compute={"aggregationType": "count", "path": "@duration"}), "compute"),
        (LOG_METRIC, metric(filter={"query": "(env:prod"}), "filter.query"),
        (LOG_METRIC, metric(groupBies=[{"tagName": "env"}]), "groupBies[0].path"),
        (INDEX_ORDER, {"name": "order", "indexes": ["ours", "main"]}, None),
        (INDEX_ORDER, {"name": "order", "indexes": ["ours", "ours"]}, "'ours' is named more than once"),
        (ARCHIVE, archive(), None),
        (ARCHIVE, archive(s3Archive=UNKNOWN), None),
        (ARCHIVE, without_s3(gcsArchive={"bucket": "made-up", "clientEmail": "a@example.com"}), None),
        (
            ARCHIVE,
            without_s3(
                azureArchive={"container": "a", "storageAccount": "b", "clientId": "c", "tenantId": "d", "path": "/e"}
            ),
            None,
        ),
        (ARCHIVE, without_s3(), "s3Archive: exactly one of s3Archive, gcsArchive, azureArchive"),
        (ARCHIVE, archive(gcsArchive={"bucket": "b", "clientEmail": "a@example.com"}), "gcsArchive: exactly one of"),
        (ARCHIVE, archive(compressionMethod="BZIP2"), "compressionMethod"),
        (ARCHIVE, archive(s3Archive={**S3, "storageClass": "CHEAP"}), "s3Archive.storageClass"),
        (ARCHIVE, archive(s3Archive={**S3, "encryptionType": "NONE"}), "s3Archive"),
        (ARCHIVE, archive(query="(a"), "query"),
        (SCAN_GROUP, group(), None),
        (SCAN_GROUP, group(productLists=["log"]), "productLists[0]"),
        (SCAN_GROUP, group(samplings=[{"product": "logs", "rate": 120.0}]), "samplings[0].rate"),
        (SCAN_GROUP, group(filter={"query": "a AND"}), "filter.query"),
        (SCAN_RULE, rule(), None),
        (SCAN_RULE, rule(pattern=UNKNOWN, groupId=UNKNOWN), None),
        (SCAN_RULE, rule(suppressions={"exactMatches": ["a@example.com"]}), None),
        (SCAN_RULE, rule(priority=6), "priority"),
        (SCAN_RULE, rule(pattern="[a-z"), "pattern"),
        (SCAN_RULE, rule(standardPatternId="made-up"), "needs either pattern or standardPatternId"),
        (SCAN_RULE, rule(textReplacement={"type": "starsw"}), "textReplacement.type"),
        (SCAN_RULE, rule(textReplacement={"type": "replacement_string"}), "textReplacement.replacementString"),
        (INDEX, index(), None),
        (INDEX, index(dailyLimit="many"), "dailyLimit"),
        (PIPELINE, pipeline(), None),
        (PIPELINE, pipeline(filters=[{"query": "service:(redis"}]), "filters[0].query"),
    ],
)
def test_what_the_api_would_refuse(schemas: Schemas, token: str, inputs: dict[str, Any], problem: str | None) -> None:
    package = schemas.package("datadog")
    found = [str(each) for each in ResourceCheck(package, "1.34").check(package.resources[token], inputs)]
    assert found == [] if problem is None else any(problem in one for one in found), found


@pytest.fixture
def made(schemas: Schemas, cloud: Cloud) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Type -> id and inputs of production's objects, beside those of another stack and of nobody."""
    life = Lifecycle("datadog", schemas, cloud, "1.34")

    def make(token: str, inputs: dict[str, Any], name: str = "it") -> tuple[str, dict[str, Any]]:
        return str(life.create(token, ex.urn(token, name), inputs, preview=False)[0]), inputs

    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for stack in ("staging", "production"):
        found |= {
            INDEX: make(INDEX, index(stack)),
            PIPELINE: make(PIPELINE, pipeline(stack)),
            ARCHIVE: make(ARCHIVE, archive(stack)),
            SCAN_GROUP: make(SCAN_GROUP, group(stack)),
        }
        found[SCAN_RULE] = make(SCAN_RULE, rule(stack, found[SCAN_GROUP][0]))
    make(INDEX, index(name="main", tags=[]))
    make(LOG_METRIC, metric(name="somebody.else"))
    return {
        **found,
        LOG_METRIC: make(LOG_METRIC, metric()),
        INDEX_ORDER: make(INDEX_ORDER, {"name": ORDER, "indexes": ["genonaut-production", "main"]}),
    }


def asked(client: ApiClient, **changes: Any) -> dict[str, Found]:
    found = list(inventory(client, settings(**changes), MARK))
    return by_type(found)


def test_each_object_of_the_owner_is_found_as_its_state_would_name_it(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    found = asked(client)
    assert set(found) == set(TYPES) == set(made)
    assert_named_as_in_state(found, made, {})


def test_an_archive_that_was_made_is_read_with_its_destination(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    api = LogsArchivesApi(client)
    (one,) = (each for each in api.list_logs_archives().data if each.id == made[ARCHIVE][0])
    assert (one.attributes.destination.bucket, one.attributes.destination.integration.role_name) == ("made-up",) * 2


def test_pipelines_and_archives_can_be_removed_and_nothing_else(
    client: ApiClient, cloud: Cloud, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    before = {one.id for one in cloud.objects()}
    removable = [one for one in asked(client).values() if one.delete]
    assert {one.type for one in removable} == {PIPELINE, ARCHIVE}
    for one in removable:
        assert one.delete
        one.delete()
    assert before - {one.id for one in cloud.objects()} == {made[PIPELINE][0], made[ARCHIVE][0]}


def test_a_stack_that_does_not_own_the_organisation_finds_nothing(
    client: ApiClient, made: dict[str, tuple[str, Mapping[str, Any]]]
) -> None:
    assert made
    assert asked(client, datadog={"ownerStack": "shared"}) == {}


def test_an_empty_organisation_is_no_error(client: ApiClient) -> None:
    assert asked(client) == {}

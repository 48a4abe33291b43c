"""Synthetic tests of a stack in Datadog."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from datadog_api_client import ApiClient
from datadog_api_client.v1.api.synthetics_api import SyntheticsApi
from datadog_api_client.v1.model.synthetics_delete_tests_payload import SyntheticsDeleteTestsPayload

from infra.naming import Mark
from tools.recover.found import PROBE, Found

TYPES = (PROBE,)


def inventory(client: ApiClient, mark: Mark) -> Iterator[Found]:
    """The tests that carry the mark."""
    api = SyntheticsApi(client)
    for test in api.list_tests_with_pagination():
        tags = set(test.get("tags") or ())
        if tags.issuperset(mark.tag_filter):
            yield Found(
                type=PROBE,
                id=test.public_id,
                identity=next((tag.partition(":")[2] for tag in tags if tag.startswith("pulumi_name:")), ""),
                title=test.name,
                delete=partial(api.delete_tests, SyntheticsDeleteTestsPayload(public_ids=[test.public_id])),
            )

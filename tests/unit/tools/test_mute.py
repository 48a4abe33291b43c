"""The mute around a rollout, against the sandbox's HTTP routes: made, replaced, ended, and nobody else's touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from infra.naming import ROLLOUT, Mark
from sandbox.cloud import Cloud
from sandbox.routes.datadog import datadog_routes
from stacks.specs import compose
from tests.examples import settings
from tests.serving import serving
from tools.mute.mute import Rollout
from tools.recover.inventory import datadog as inventory

DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path / "cloud.sqlite")


@pytest.fixture
def url(cloud: Cloud) -> Iterator[str]:
    application = Starlette(routes=[datadog_routes(cloud)])
    with serving(application) as address:
        yield f"{address}/datadog"


def rollout(url: str, stack: str = "example") -> Rollout:
    return Rollout(stack=stack, settings=settings(), url=url)


def test_a_mute_names_the_alerts_of_a_rollout_and_ends_by_itself(url: str, cloud: Cloud) -> None:
    end = rollout(url).mute(20)
    (made,) = cloud.objects(DOWNTIME)
    assert made.inputs["monitorIdentifier"] == {"monitorTags": [*Mark("example").tag_filter, ROLLOUT]}
    assert datetime.fromisoformat(made.inputs["oneTimeSchedule"]["end"]) == end
    assert timedelta(minutes=19) < end - datetime.now(UTC) <= timedelta(minutes=20)
    assert made.inputs["notifyEndTypes"] == ["canceled", "expired"]


def test_a_second_mute_takes_the_place_of_the_first(url: str, cloud: Cloud) -> None:
    rollout(url).mute(5)
    later = rollout(url).mute(30)
    (made,) = cloud.objects(DOWNTIME)
    assert datetime.fromisoformat(made.inputs["oneTimeSchedule"]["end"]) == later


def test_ending_it_leaves_other_stacks_and_other_downtimes_alone(url: str, cloud: Cloud) -> None:
    rollout(url).mute(5)
    rollout(url, "another").mute(5)
    assert rollout(url).unmute() == 1
    assert rollout(url).unmute() == 0
    (left,) = cloud.objects(DOWNTIME)
    assert "genonaut-monitoring/another" in left.inputs["message"]


def test_recovery_leaves_it_alone(url: str) -> None:
    rollout(url).mute(5)
    found = inventory.inventory(settings(), Mark("example"), url)
    assert [one for one in found if one.type == DOWNTIME] == []


@pytest.mark.parametrize("minutes", [0, -1, 121])
def test_no_rollout_takes_that_long(url: str, cloud: Cloud, minutes: int) -> None:
    with pytest.raises(ValueError, match="is no length of a rollout"):
        rollout(url).mute(minutes)
    assert cloud.objects(DOWNTIME) == []


def test_what_tells_of_a_bad_release_is_never_muted() -> None:
    specs = compose(settings(), stack="example")
    muted = {one.key for tier in specs.monitors for one in tier.monitors if one.rollout}
    assert muted == {"replicas-unavailable", "pod-restarts", "workers-offline", "agents-unavailable"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"data": {"type": "downtime", "attributes": {"scope": "*"}}}, "monitor_identifier"),
        ({"data": {"attributes": {"scope": "*", "monitor_identifier": {"monitor_tags": ["a:b"]}}}}, "type"),
    ],
)
def test_the_sandbox_refuses_what_is_no_downtime(
    url: str, cloud: Cloud, body: dict[str, object], expected: str
) -> None:
    refused = httpx.post(f"{url}/api/v2/downtime", json=body, headers={"DD-API-KEY": "a", "DD-APPLICATION-KEY": "b"})
    assert refused.status_code == httpx.codes.BAD_REQUEST
    assert expected in refused.text
    assert cloud.objects(DOWNTIME) == []

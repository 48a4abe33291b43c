"""Monitors and dashboards made on Datadog's pages, brought in on the real engine."""

from __future__ import annotations

import json
import shutil
from typing import Any

import httpx
import pytest

from adopt.adopt import Adoption, AdoptionError
from infra.problems import ProblemsError
from reports.stacks import specs_of
from sandbox.computed import datadog
from sandbox.computed.context import Making
from tests.e2e.lab import STACK, Lab
from tools.engine.engine import ROOT
from tools.pulumi import Pulumi
from tools.recover.found import DASHBOARD, MONITOR

QUERY = "avg(last_5m):avg:system.mem.pct_usable{env:sandbox} by {host} < 0.1"
INPUTS: dict[str, Any] = {
    "name": "Memory, by hand",
    "type": "query alert",
    "query": QUERY,
    "message": "Somebody look! @slack-genonaut",
    "tags": ["made:by-hand"],
    "priority": "2",
    "monitorThresholds": {"critical": "0.1", "warning": "0.2"},
    "notifyNoData": True,
    "noDataTimeframe": 20,
    "includeTags": True,
    "requireFullWindow": False,
}
WIDGET = {"type": "timeseries", "requests": [{"q": "avg:system.mem.pct_usable{env:sandbox} by {host}"}]}
BOARD = {
    "title": "By hand",
    "layout_type": "ordered",
    "reflow_type": "auto",
    "notify_list": [],
    "widgets": [{"definition": WIDGET}],
}


def made_by_hand(lab: Lab, token: str, inputs: dict[str, Any]) -> str:
    """An object of nobody's stack; returns its id."""
    cloud = lab.cloud
    make = datadog.monitor if token == MONITOR else datadog.dashboard

    def build(sequence: int) -> tuple[str, dict[str, Any]]:
        id_, added = make(inputs, Making(cloud.seed, sequence, token, ""))
        return id_, {**inputs, **added}

    return cloud.create(token, "", inputs, build).id


@pytest.fixture
def own(running: Lab) -> Lab:
    """A running stack whose program is a copy, so that what is written into its catalog is no other test's."""
    program = running.folder / "program"
    program.mkdir()
    for part in ("__main__.py", "infra", "components", "contract", "sentry_alerts", "load_test", "telemetry"):
        (program / part).symlink_to(ROOT / part)
    shutil.copytree(ROOT / "stacks", program / "stacks", ignore=shutil.ignore_patterns("__pycache__"))
    running.program = program
    running.place()
    return running


def adoption(lab: Lab) -> Adoption:
    pulumi = Pulumi(project=lab.project, environment=lab.environment)
    server = lab.home.running()
    assert server
    return Adoption(
        stack=STACK,
        pulumi=pulumi,
        settings=pulumi.settings(STACK),
        url=f"{server['http']}/datadog",
        world=specs_of("sandbox").world,
        catalog=lab.program / "stacks" / "catalog" / "imported",
    )


def catalog(lab: Lab) -> set[str]:
    return {file.name for file in adoption(lab).catalog.glob("*.py")}


@pytest.mark.slow
def test_what_was_made_by_hand_comes_in_without_a_change(own: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    before = len(own.cloud.objects())
    monitor = made_by_hand(own, MONITOR, INPUTS)
    board = made_by_hand(own, DASHBOARD, {"dashboard": json.dumps(BOARD)})
    asked = [f"https://app.datadoghq.com/monitors/{monitor}", f"dashboard:{board}"]

    # The program fails when it is proved: the state and the catalog are as they were.
    failing = adoption(own)
    broken = failing.catalog / "broken.py"
    broken.write_text("raise SystemExit('broken on purpose')\n")
    urns = {one["urn"] for one in own.state()["resources"]}
    with pytest.raises(AdoptionError, match="Nothing was brought in"):
        failing.run(asked)
    broken.unlink()
    assert catalog(own) == {"__init__.py"}
    assert {one["urn"] for one in own.state()["resources"]} == urns

    files = adoption(own).run(asked)
    told = capsys.readouterr().out
    for words in ("no owner", "no runbook", "@slack-genonaut in the message", "`on_missing_data` in place of"):
        assert words in told
    own.pulumi("preview", "--expect-no-changes")
    assert len(own.cloud.objects()) == before + 2

    with pytest.raises(ProblemsError, match=rf"owned already: stack sandbox, urn.*{monitor}"):
        adoption(own).run([monitor])
    with pytest.raises(ProblemsError, match="there is no monitor:99"):
        adoption(own).run(["monitor:99"])

    files[0].write_text(files[0].read_text().replace("priority=2", "priority=3"))
    assert own.changes() == {"update": 1}
    own.up()
    (found,) = [one for one in own.cloud.objects(MONITOR) if one.id == monitor]
    assert (found.inputs["priority"], found.inputs["tags"]) == ("3", ["made:by-hand"])
    own.pulumi("destroy", "--yes", "--skip-preview")
    assert own.cloud.objects() == []


def test_the_sandbox_answers_for_one_monitor(running: Lab) -> None:
    server = running.home.running()
    assert server
    id_ = made_by_hand(running, MONITOR, INPUTS)
    headers = {"DD-API-KEY": "made-up", "DD-APPLICATION-KEY": "made-up"}
    body = httpx.get(f"{server['http']}/datadog/api/v1/monitor/{id_}", headers=headers).json()
    assert (body["query"], body["options"]["thresholds"]) == (QUERY, {"critical": 0.1, "warning": 0.2})

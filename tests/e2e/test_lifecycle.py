"""Up, nothing to do, update, drift, destroy: on the real engine."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.e2e.lab import Lab
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY


def program_with(lab: Lab, file: str, old: str, new: str) -> None:
    """Run a copy of the program in which one piece of text is another."""
    copy = lab.folder / "program"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".*", "tests", "docs", "build", "__pycache__"), dirs_exist_ok=True
    )
    shutil.copytree(ROOT / "docs", copy / "docs", dirs_exist_ok=True)
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new))
    project = (lab.project / "Pulumi.yaml").read_text()
    (lab.project / "Pulumi.yaml").write_text(re.sub(r"(?m)^main: .*$", "main: ../program", project))


def test_a_second_up_changes_nothing(running: Lab) -> None:
    assert running.changes() == {}
    before = len(running.cloud.operations())
    again = running.up("--expect-no-changes")
    assert "unchanged" in again.stdout
    assert {one.operation for one in running.cloud.operations()[before:]} <= {"read"}


def test_a_changed_threshold_is_an_update_of_what_depends_on_it_only(running: Lab) -> None:
    before = {one.name: one for one in running.cloud.objects()}
    program_with(running, "stacks/catalog/limits.py", "pagination_p95: float = 0.5", "pagination_p95: float = 0.7")
    assert running.changes() == {"update": 4}
    running.up()
    after = {one.name: one for one in running.cloud.objects()}
    assert {name: one.id for name, one in after.items()} == {name: one.id for name, one in before.items()}
    changed = {name for name, one in after.items() if one.inputs != before[name].inputs}
    # A composite has no thresholds: its message says the number. Dashboards draw a line at it.
    monitors = {"api-pagination-latency-symptom", "api-pagination-latency"}
    assert changed == {*monitors, "engineering-performance", "service-api"}
    monitor = after["api-pagination-latency-symptom"]
    assert monitor.inputs["query"].endswith("> 0.7")
    assert monitor.inputs["monitorThresholds"]["critical"] == "0.7"


def test_a_renamed_title_is_no_replacement(running: Lab) -> None:
    program_with(running, "stacks/catalog/alerts/pagination.py", "Pagination is slow", "Lists are slow")
    assert running.changes() == {"update": 2}


def test_drift_is_seen_and_mended(running: Lab) -> None:
    (monitor,) = [one for one in running.cloud.objects() if one.name == "api-error-rate"]

    def edit(found: object) -> tuple[dict[str, object], dict[str, object]]:
        return {**monitor.inputs, "priority": "5"}, {**monitor.properties, "priority": "5"}

    running.cloud.edit_outside(monitor.type, monitor.id, edit)
    seen = running.pulumi("refresh", "--preview-only", "--expect-no-changes", check=False)
    assert seen.returncode != 0
    assert "api-error-rate" in seen.stdout
    running.pulumi("refresh", "--yes", "--skip-preview")
    assert running.changes() == {"update": 1}
    running.up()
    (mended,) = [one for one in running.cloud.objects() if one.name == "api-error-rate"]
    assert mended.inputs["priority"] == "1"


def test_what_was_deleted_outside_is_made_again(running: Lab) -> None:
    (dashboard,) = [one for one in running.cloud.objects() if one.name == "executive-overview"]
    running.cloud.remove_outside(dashboard.type, dashboard.id)
    running.pulumi("refresh", "--yes", "--skip-preview")
    # Its address changes with it, which the catalog's entries for what it shows link to.
    assert running.changes() == {"create": 1, "update": 2}


def test_destroy_leaves_an_empty_cloud(running: Lab) -> None:
    assert running.cloud.objects()
    running.pulumi("destroy", "--yes", "--skip-preview")
    assert running.cloud.objects() == []
    assert running.state().get("resources", []) == []


@pytest.mark.parametrize("stack", ["production", "staging"])
def test_the_other_stacks_come_up_as_well(lab: Lab, stack: str, tmp_path: Path) -> None:
    other = Lab(tmp_path / "other", lab.home, lab.engine)
    plain = yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text())["config"]
    other.set_up(plain, THROW_AWAY)
    other.up()
    tags = {tag for one in other.cloud.objects() for tag in one.inputs.get("tags") or ()}
    assert f"env:{stack}" in tags
    assert other.changes() == {}


def test_production_refuses_to_be_destroyed(lab: Lab) -> None:
    lab.set("protect", True)
    lab.up()
    before = lab.objects()
    refused = lab.pulumi("destroy", "--yes", "--skip-preview", check=False)
    assert refused.returncode != 0
    assert "protect" in refused.stdout + refused.stderr
    assert lab.objects() == before

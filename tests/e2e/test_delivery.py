"""What the workflows do to a stack, with the real engine: plans that bind, drift that is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from infra.settings import SECRETS
from sandbox.cli import main
from sandbox.home import Home
from tests.e2e.lab import Lab
from tools.delivery import drift, plan
from tools.engine import Engine
from tools.pulumi import Pulumi

STACK = "sandbox"
MARKERS = {key: f"made-up-marker-{key.lower()}-c41e" for key in SECRETS}


def pulumi(lab: Lab) -> Pulumi:
    return Pulumi(project=lab.project, environment=lab.environment)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine) -> tuple[Lab, Path]:
    """A stack with a marker in each secret setting, and a plan to create it."""
    lab = Lab(tmp_path_factory.mktemp("delivery") / "lab", home, engine)
    lab.set_up(secrets=MARKERS)
    lab.cloud.reset()
    folder = lab.folder / "plan"
    found = plan.save(pulumi(lab), STACK, folder)
    assert found.changes["create"] > 200
    return lab, folder


@pytest.mark.slow
def test_what_was_planned_is_applied_from_nothing_and_nothing_is_left_to_do(planned: tuple[Lab, Path]) -> None:
    lab, folder = planned
    for file in (folder / plan.PLAN, folder / plan.PREVIEW):
        assert not [key for key, marker in MARKERS.items() if marker in file.read_text()]
    said: list[str] = []
    plan.apply(pulumi(lab), STACK, folder / plan.PLAN, said.append)
    assert "created" in said[-1]
    assert any(line.startswith("  create datadog:index/monitor:Monitor ") for line in said)

    # The secret changes after the plan was made: refused, and neither value is shown.
    again = plan.save(pulumi(lab), STACK, lab.folder / "again")
    assert str(again) == "nothing to change"
    lab.pulumi("config", "set", "--secret", "datadogApiKey", "made-up-marker-of-the-next-one")
    said.clear()
    with pytest.raises(plan.PlanError, match="not approved"):
        plan.apply(pulumi(lab), STACK, lab.folder / "again" / plan.PLAN, said.append)
    shown = "\n".join(said)
    assert "violates plan" in shown
    assert "made-up-marker" not in shown


def test_a_plan_of_another_program_is_refused(running: Lab, tmp_path: Path) -> None:
    folder, before = tmp_path / "plan", hook_of(running)
    running.set("routing.webhooks", webhook("elsewhere"))
    found = plan.save(pulumi(running), STACK, folder)
    assert set(found.changes) == {"update"}
    assert json.loads((folder / plan.PREVIEW).read_text())["changeSummary"]["update"] == found.changes["update"]
    running.set("routing.webhooks", webhook("another"))
    said: list[str] = []
    with pytest.raises(plan.PlanError, match="not approved"):
        plan.apply(pulumi(running), STACK, folder / plan.PLAN, said.append)
    assert any("violates plan" in line for line in said)
    assert hook_of(running) == before
    running.set("routing.webhooks", webhook("elsewhere"))
    plan.apply(pulumi(running), STACK, folder / plan.PLAN, said.append)
    assert hook_of(running) != before


def test_a_preview_that_fails_says_why_in_the_engines_words(running: Lab, tmp_path: Path) -> None:
    running.set("kubernetes.version", "0.1")
    with pytest.raises(plan.PlanError, match="kubernetes"):
        plan.save(pulumi(running), STACK, tmp_path)


def test_drift_is_found_and_named_without_its_values(running: Lab) -> None:
    cloud = running.cloud
    monitors = [one for one in cloud.objects() if one.type == "datadog:index/monitor:Monitor"]
    changed, removed = (next(one for one in monitors if one.name == name) for name in ("redis-memory", "inodes"))
    edit(running, "edit", changed.name, "message", "made up by somebody")
    edit(running, "rm", removed.name)
    found = drift.find(pulumi(running), STACK)
    assert found == [
        drift.Drift(removed.type, removed.name, "gone"),
        drift.Drift(changed.type, changed.name, "changed", ("message",)),
    ]
    assert "made up by somebody" not in drift.told(found)
    running.up("--refresh")
    assert drift.find(pulumi(running), STACK) == []


def hook_of(lab: Lab) -> object:
    """Where the webhook calls; a fingerprint, since addresses of webhooks are secrets."""
    (hook,) = [one for one in lab.cloud.objects() if one.type == "datadog:index/webhook:Webhook"]
    return hook.inputs["url"]


def webhook(host: str) -> list[dict[str, str]]:
    return [{"name": "genonaut-sandbox", "url": f"https://{host}.example.com/genonaut"}]


def edit(lab: Lab, verb: str, name: str, *words: str) -> None:
    """Change the cloud as `python -m sandbox` does."""
    done = CliRunner().invoke(main, ["--home", str(lab.home.path), verb, f"Monitor/{name}", *words])
    assert done.exit_code == 0, done.output

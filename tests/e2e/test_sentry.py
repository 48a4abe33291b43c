"""Sentry's alerts on the real engine: attached and as a process, update, replace, import, drift, lost answers."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import Any

import pytest

from sandbox.cloud import CloudObject
from sentry_alerts import PACKAGE, model
from tests.e2e.lab import RUN_LIMIT, Lab
from tests.e2e.test_lifecycle import program_with

ALERT = "sentry-new-issue"
MONITOR = "web-sentry-crash-free"


def ours(lab: Lab) -> list[CloudObject]:
    return [one for one in lab.cloud.objects() if one.provider == PACKAGE]


def in_cloud(lab: Lab, name: str) -> CloudObject:
    """The one object that is this resource."""
    id_ = lab.resource(name)["id"]
    (found,) = [one for one in ours(lab) if one.id == id_ and one.type == lab.resource(name)["type"]]
    return found


def test_alerts_watch_what_was_made_with_them(running: Lab) -> None:
    stream = f"{running.resource('api-sentry')['outputs']['internalId']}2"
    assert stream in in_cloud(running, ALERT).inputs["detectorIds"]
    critical = in_cloud(running, "sentry-monitors-critical").inputs
    assert running.resource(MONITOR)["outputs"]["internalId"] in critical["detectorIds"]
    (action,) = critical["actionFilters"][0]["actions"]
    assert (action["type"], action["config"]["targetDisplay"]) == ("slack", "#genonaut-sandbox")


def test_a_changed_limit_is_an_update_in_place(running: Lab) -> None:
    before = {one.id for one in ours(running)}
    program_with(running, "stacks/catalog/errors.py", "spike: int = 100", "spike: int = 250")
    assert running.changes() == {"update": 1}
    running.up()
    assert {one.id for one in ours(running)} == before
    triggers = in_cloud(running, "sentry-spike").inputs["triggers"]["conditions"]
    assert triggers[0]["comparison"]["value"] == 250


def test_a_monitor_that_moves_is_replaced_and_its_alert_follows(running: Lab) -> None:
    before = in_cloud(running, "web-sentry-crash-free").id
    program_with(
        running,
        "stacks/catalog/errors.py",
        "project=project,\n                measure=Measure.CRASH_FREE",
        'project="api-sentry",\n                measure=Measure.CRASH_FREE',
    )
    # The new one bears the name of the old one, which is still there: it must not be taken for it.
    running.up()
    after = in_cloud(running, MONITOR)
    assert after.id != before
    assert before not in {one.id for one in ours(running)}
    assert after.properties["id"] in in_cloud(running, "sentry-monitors-critical").inputs["detectorIds"]
    assert running.changes() == {}


def test_drift_is_seen_and_mended(running: Lab) -> None:
    found = in_cloud(running, ALERT)
    running.cloud.edit_outside(found.type, found.id, lambda one: (one.inputs, {**one.properties, "enabled": False}))
    seen = running.pulumi("refresh", "--preview-only", "--expect-no-changes", check=False)
    assert seen.returncode != 0
    assert ALERT in seen.stdout
    running.pulumi("refresh", "--yes", "--skip-preview")
    assert running.changes() == {"update": 1}
    running.up()
    assert in_cloud(running, ALERT).properties["enabled"] is True


def test_what_was_deleted_outside_is_made_again_even_when_the_answer_is_lost(running: Lab) -> None:
    found = in_cloud(running, ALERT)
    running.cloud.remove_outside(found.type, found.id)
    running.pulumi("refresh", "--yes", "--skip-preview")
    assert running.changes() == {"create": 1}
    running.cloud.faults.add("fail", "create", 1, when="after")
    running.up()
    assert running.cloud.faults.list() == []
    assert Counter(one.name for one in ours(running))[found.name] == 1
    assert running.changes() == {}


def test_a_monitor_is_imported(running: Lab) -> None:
    state = running.resource(MONITOR)
    providers = [one for one in running.state()["resources"] if one["type"] == f"pulumi:providers:{PACKAGE}"]
    running.pulumi("state", "delete", state["urn"], "--yes", "--target-dependents", check=False)
    before = len(ours(running))
    running.pulumi(
        "import", model.METRIC_MONITOR, MONITOR, state["id"], "--yes", "--skip-preview", "--generate-code=false",
        "--protect=false", "--provider", f"sentryalerts={providers[0]['urn']}",
        "--parent", f"alerts={state['parent']}",
    )  # fmt: skip
    imported = running.resource(MONITOR)
    assert imported["id"] == state["id"]
    assert imported["inputs"] == state["inputs"]
    assert len(ours(running)) == before


def test_the_plugin_runs_as_a_process_of_its_own(lab: Lab) -> None:
    server = lab.home.running()
    assert server is not None
    lab.set("sentry.baseUrl", f"{server['http']}/sentry/api/")
    attached = lab.environment["PULUMI_DEBUG_PROVIDERS"].split(",")
    environment = {
        **lab.environment,
        "PULUMI_DEBUG_PROVIDERS": ",".join(one for one in attached if not one.startswith(PACKAGE)),
    }

    def pulumi(*arguments: str) -> str:
        done = subprocess.run(
            ["pulumi", *arguments, "--yes", "--skip-preview", "--non-interactive", "--color=never"],
            cwd=lab.project, env=environment, capture_output=True, text=True, timeout=RUN_LIMIT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    pulumi("up")
    made = {one.type for one in ours(lab)}
    assert made == set(model.MODELS)
    pulumi("up", "--expect-no-changes")
    pulumi("refresh", "--expect-no-changes")
    pulumi("destroy")
    assert lab.cloud.objects() == []


def test_the_token_is_readable_nowhere_in_the_state(running: Lab) -> None:
    text = json.dumps(running.state())
    (provider,) = [one for one in running.state()["resources"] if one["type"] == f"pulumi:providers:{PACKAGE}"]
    assert "ciphertext" in provider["inputs"]["token"]
    assert "made-up-sentry-token" not in text


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("sentry.targets", {"slack-nobody": {"integration": "1", "name": "#x"}}, "routing names no such handle"),
        ("sentry.targets", {"slack-genonaut-sandbox": {"integration": "one", "name": "#x"}}, "targets"),
    ],
)
def test_wrong_settings_make_nothing(lab: Lab, path: str, value: Any, told: str) -> None:
    lab.set(path, value)
    refused = lab.up(check=False)
    assert refused.returncode != 0
    assert told in refused.stdout + refused.stderr
    assert lab.cloud.objects() == []

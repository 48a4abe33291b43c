"""The policy pack on the real engine: what it refuses, lets through and mends, before a run and after."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.home import Home
from tests.e2e.lab import STACK, Lab
from tools.engine import Engine
from tools.engine.engine import ROOT
from tools.policy.engine import PYTHON, pack_for

MONITOR = "datadog:index/monitor:Monitor"
pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="`make policy-setup` was not run")


@pytest.fixture
def guarded(tmp_path: Path, home: Home, engine: Engine) -> Lab:
    """A program that breaks rules, never run."""
    lab = Lab(tmp_path / "lab", home, engine, program=Path(__file__).parent / "guarded")
    lab.set_up()
    lab.cloud.reset()
    return lab


def pack(lab: Lab, **configuration: Any) -> list[str]:
    """The options that run the pack with this configuration."""
    file = lab.folder / "policy.json"
    file.write_text(json.dumps({key.replace("_", "-"): value for key, value in configuration.items()}))
    return ["--policy-pack", str(pack_for(lab.engine)), "--policy-pack-config", str(file)]


def analyze(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.policy", "analyze", "--stack", STACK, "--cloud", "sandbox", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


BROKEN = (
    "somebody-elses: message: @pagerduty-genonaut would wake somebody",
    "somebody-elses: tags: no team owns it",
    "somebody-elses: onMissingData: is not set",
    "somebody-elses: assets: has no runbook",
    "somebody-elses: priority: is not set",
    "somebody-elses: tags: team missing",
    "for-everything: filter.scope: 'tier:critical' also takes what other stacks made",
    "made-up-chat: url: a Slack webhook stands in plain text",
    "somebody-elses: options.protect: is not set",
)
NO_SECRETS = ("services/T0/B0", "kept: url")
"""Neither is a secret repeated, nor is what is secret taken for plain."""


def assert_every_violation(printed: str) -> None:
    for said in BROKEN:
        assert said in printed
    for said in NO_SECRETS:
        assert said not in printed.replace("Webhook: kept", "")


def test_a_violating_program_is_refused_before_anything_is_made(guarded: Lab) -> None:
    # As people run it: with a preview first, which shows all there is to refuse.
    done = guarded.pulumi("up", "--yes", *pack(guarded, all="mandatory"), check=False)
    assert done.returncode != 0
    assert_every_violation(done.stdout + done.stderr)
    assert "[mandatory]  no-wildcard-routing" in done.stdout
    assert guarded.cloud.objects() == []


def test_advice_is_shown_and_lets_it_through_and_a_missing_tag_is_added(guarded: Lab) -> None:
    done = guarded.up(*pack(guarded, all="advisory", managed_by_pulumi="remediate"))
    assert_every_violation(done.stdout + done.stderr)
    assert "[advisory]  monitors-complete" in done.stdout
    assert "[remediate]  managed-by-pulumi" in done.stdout
    (made,) = [one for one in guarded.cloud.objects() if one.type == MONITOR]
    assert made.inputs["tags"] == ["env:production", "service:genonaut-api", "managed_by:pulumi"]
    exported = guarded.folder / "state.json"
    guarded.pulumi("stack", "export", "--file", str(exported))
    config = guarded.folder / "policy.json"
    config.write_text('{"all": "mandatory"}')
    found = analyze("--file", str(exported), "--config", str(config))
    assert found.returncode != 0
    assert_every_violation(found.stdout + found.stderr)


def test_a_mend_keeps_what_is_secret_or_unknown_beside_it() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "made-up"}
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    beside = {"annotations": {"a": unknown, "b": secret}}
    sent = {
        "type": "kubernetes:core/v1:ConfigMap",
        "properties": {"metadata": {"labels": {"x": "y"}, **beside}, "data": {"c": secret, "d": unknown}},
    }
    done = subprocess.run(
        [str(PYTHON), str(Path(__file__).parent / "guarded" / "mending.py")],
        input=json.dumps(sent), capture_output=True, text=True, check=True,
    )  # fmt: skip
    labels = {"x": "y", "app.kubernetes.io/managed-by": "pulumi"}
    assert json.loads(done.stdout) == {"data": {"c": secret, "d": unknown}, "metadata": {"labels": labels, **beside}}


def test_the_state_of_our_stack_keeps_the_rules_until_it_is_changed(finished: Lab) -> None:
    exported = finished.folder / "state.json"
    finished.pulumi("stack", "export", "--file", str(exported))
    config = finished.folder / "strict.json"
    strict = json.loads((ROOT / "policy" / "config" / "sandbox.json").read_text()) | {"all": "mandatory"}
    config.write_text(json.dumps(strict))
    kept = analyze("--file", str(exported), "--config", str(config))
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert "== Engine: pulumi v" in kept.stdout
    state = json.loads(exported.read_text())
    for one in state["deployment"]["resources"]:
        if one["urn"].endswith("::api-traffic"):
            for side in ("inputs", "outputs"):
                one[side]["priority"] = ""
                one[side]["message"] += " @oncall-genonaut-platform"
    exported.write_text(json.dumps(state))
    changed = analyze("--file", str(exported), "--config", str(config))
    assert changed.returncode != 0
    assert "api-traffic: priority: is not set" in changed.stdout
    assert "api-traffic: message: @oncall-genonaut-platform would wake somebody" in changed.stdout


def test_a_preview_of_our_stack_keeps_the_rules(lab: Lab) -> None:
    done = lab.pulumi(
        "preview",
        *pack(lab, all="mandatory", protected="disabled", no_foreign_pages={"allowed": ["webhook-genonaut-sandbox"]}),
    )
    assert "✅ genonaut-monitoring@v" in done.stdout
    assert "[advisory]" not in done.stdout  # said, too, where a rule could not run


def test_broken_input_is_one_clear_message(tmp_path: Path) -> None:
    wrong, no_state = tmp_path / "wrong.json", tmp_path / "state.json"
    wrong.write_text('{"protectd": "mandatory"}')
    no_state.write_text("[]")
    for options, said in (
        (("--file", str(no_state), "--config", str(wrong)), "protectd: is no rule (did you mean protected?)"),
        (("--file", str(no_state)), f"{no_state} is no state"),
        (("--file", str(tmp_path / "none")), "does not exist"),
    ):
        done = analyze(*options)
        assert done.returncode != 0
        assert said in done.stderr
        assert "Traceback" not in done.stderr

"""Marker secrets in every secret setting are found nowhere people look."""

from __future__ import annotations

import json
import subprocess
import sys

import httpx
import pytest

from infra.settings import SECRETS
from sandbox.home import Home
from tests.e2e.lab import Lab
from tools.engine import Engine
from tools.engine.engine import ROOT

MARKERS = {key: f"made-up-marker-{key.lower()}-7f3a" for key in SECRETS}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine) -> tuple[Lab, str]:
    """A stack with a marker in each secret setting that is up, and all that the engine printed on the way."""
    lab = Lab(tmp_path_factory.mktemp("secrets") / "lab", home, engine, checkpoints=True)
    lab.set_up(secrets=MARKERS)
    lab.cloud.reset()
    printed = [
        lab.pulumi("preview", "--diff"),
        lab.up("--diff"),
        lab.pulumi("stack", "output"),
        lab.pulumi("stack", "output", "--json"),
        lab.pulumi("preview", "--json"),
        lab.pulumi("stack", "export"),
        lab.pulumi("config"),
    ]
    return lab, "\n".join(done.stdout + done.stderr for done in printed)


def assert_no_marker(text: str) -> None:
    for marker in MARKERS.values():
        assert marker not in text


def test_the_markers_can_be_found_where_they_belong(marked: tuple[Lab, str]) -> None:
    lab, _ = marked
    shown = lab.pulumi("config", "--show-secrets", "--json").stdout
    assert all(marker in shown for marker in MARKERS.values())


def test_nothing_printed_shows_one(marked: tuple[Lab, str]) -> None:
    _, printed = marked
    assert "rumClientTokens" in printed
    assert_no_marker(printed)


def test_no_file_of_the_run_holds_one(marked: tuple[Lab, str]) -> None:
    lab, _ = marked
    files = [file for folder in (lab.folder, lab.home.path) for file in folder.rglob("*") if file.is_file()]
    names = {file.name for file in files}
    assert {"cloud.db", "server.log", "Pulumi.sandbox.yaml"} <= names
    for file in files:
        # By another process: SQLite's locks are this one's, and closing any handle of the cloud's file gives them up
        # (https://www.sqlite.org/howtocorrupt.html, section 2.2).
        read = subprocess.run(["cat", str(file)], capture_output=True, check=False)
        # SQLite removes its shared-memory file and its log when the last reader goes, which may be between the two.
        assert read.returncode == 0 or not file.exists(), file
        assert_no_marker(read.stdout.decode(errors="replace"))


def test_neither_page_nor_api_shows_one(marked: tuple[Lab, str]) -> None:
    server = marked[0].home.running()
    assert server is not None
    for path in ("/", "/_sandbox/objects", "/_sandbox/operations", "/_sandbox/faults"):
        answer = httpx.get(server["http"] + path)
        assert answer.status_code == httpx.codes.OK, path
        assert_no_marker(answer.text)
    headers = {"Authorization": "Bearer made-up"}
    secrets = httpx.get(f"{server['http']}/kubernetes/api/v1/secrets", headers=headers)
    assert "datadog-agent-api-key" in secrets.text
    assert_no_marker(secrets.text)


def test_no_command_of_the_sandbox_shows_one(marked: tuple[Lab, str]) -> None:
    lab, _ = marked
    for arguments in (["list"], ["show", "datadog-agent-api-key"], ["show", "web-rum"], ["status"]):
        done = subprocess.run(
            [sys.executable, "-m", "sandbox", "--home", str(lab.home.path), *arguments],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout
        assert_no_marker(done.stdout + done.stderr)


def test_tokens_made_by_the_vendor_are_encrypted_in_the_state(marked: tuple[Lab, str]) -> None:
    lab, _ = marked
    browser, key = lab.resource("web-rum"), lab.resource("api-sentry-key")
    for value in (browser["outputs"]["clientToken"], key["outputs"]["dsnSecret"], key["outputs"]["secret"]):
        assert set(value) == {"4dabf18193072939515e22adb298388d", "ciphertext"}
    secret = lab.resource("datadog-agent-api-key")
    assert "ciphertext" in json.dumps(secret["inputs"]["stringData"])


def test_a_changed_secret_is_an_update_that_shows_none(marked: tuple[Lab, str]) -> None:
    lab, _ = marked
    lab.pulumi("config", "set", "--secret", "datadogApiKey", f"{MARKERS['datadogApiKey']}-new")
    shown = lab.pulumi("preview", "--diff")
    assert "datadog-agent-api-key" in shown.stdout
    assert_no_marker(shown.stdout + shown.stderr)

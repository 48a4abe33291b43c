"""New passphrase, new keys, new generated secrets: what docs/operations/rotation.md says, on the real engine."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

from sandbox.cloud import CloudObject
from tests.e2e.lab import Lab
from tests.e2e.test_disturbed import finished, template  # noqa: F401 (fixtures: the small program)
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY

SECRET = "datadog-postgres"
"""Made up by the program, as the cluster agent's token and Grafana's password are."""
NEW = "made-up-new-passphrase"
PAGE = ROOT / "docs" / "operations" / "rotation.md"


def shell(lab: Lab, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as the page has it, typed in the stack's folder."""
    assert command in PAGE.read_text(), f"docs/operations/rotation.md does not say: {command}"
    return subprocess.run(
        ["bash", "-c", command], cwd=lab.project, env={**lab.environment, **environment}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def salt(lab: Lab) -> str:
    (line,) = [line for line in lab.stack_file.read_text().splitlines() if line.startswith("encryptionsalt: ")]
    return line


def plan(lab: Lab) -> dict[str, tuple[str, str]]:
    """Logical name -> type and operation, of all that the next `up` would change."""
    steps = json.loads(lab.pulumi("preview", "--json").stdout)["steps"]
    return {
        step["urn"].rsplit("::", 1)[1]: (step["urn"].rsplit("::", 2)[1].rsplit("$", 1)[-1], step["op"])
        for step in steps
        if step["op"] != "same"
    }


def leave_begun(lab: Lab) -> None:
    """Leave an operation behind, as a killed run does, with secrets in it; an import would drop it."""
    (file,) = lab.state_folder.rglob("sandbox.json")
    kept = json.loads(file.read_text())
    latest = kept["checkpoint"]["latest"]
    begun = next(one for one in latest["resources"] if "ciphertext" in json.dumps(one.get("inputs")))
    latest["pending_operations"] = [{"resource": begun, "type": "updating"}]
    file.write_text(json.dumps(kept))
    file.with_suffix(".json.attrs").unlink(missing_ok=True)


def test_a_new_passphrase_opens_everything_and_changes_nothing(running: Lab, tmp_path: Path) -> None:
    leave_begun(running)
    before, file = salt(running), tmp_path / "new passphrase"
    file.write_text(NEW + "\n")
    changed = shell(
        running, 'test -s "$NEW" && pulumi stack change-secrets-provider passphrase < "$NEW"', NEW=str(file)
    )
    assert changed.returncode == 0, changed.stderr
    assert salt(running) != before

    refused = running.pulumi("config", "--show-secrets", check=False)
    assert refused.returncode != 0
    assert "incorrect passphrase" in refused.stderr

    pending = shell(running, "pulumi stack export --show-secrets > /dev/null", PULUMI_CONFIG_PASSPHRASE=NEW)
    assert pending.returncode == 0, pending.stderr
    shown = subprocess.run(
        ["pulumi", "stack", "export", "--show-secrets"], cwd=running.project,
        env={**running.environment, "PULUMI_CONFIG_PASSPHRASE": NEW}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (operation,) = json.loads(shown.stdout)["deployment"]["pending_operations"]
    assert "plaintext" in json.dumps(operation)
    assert "ciphertext" not in json.dumps(operation)

    unchanged = shell(running, "pulumi preview --expect-no-changes", PULUMI_CONFIG_PASSPHRASE=NEW)
    assert unchanged.returncode == 0, unchanged.stdout + unchanged.stderr


def test_an_empty_file_is_no_passphrase(running: Lab, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    before = salt(running)
    command = 'test -s "$NEW" && pulumi stack change-secrets-provider passphrase < "$NEW"'
    assert shell(running, command, NEW=str(tmp_path / "empty")).returncode != 0
    assert salt(running) == before


def test_new_keys_change_who_uses_them_and_replace_nothing(running: Lab) -> None:
    keys = {key: f"made-up-new-{key}" for key in ("datadogApiKey", "datadogAppKey", "sentryAuthToken")}
    for key, value in keys.items():
        assert f"pulumi config set --secret {key}" in PAGE.read_text()
        running.pulumi("config", "set", "--secret", key, value)
    # A provider that gets another key is no step of the plan where its place and everything else stay.
    planned = {name: step for name, step in plan(running).items() if not step[0].startswith("pulumi:providers:")}
    assert planned == {"datadog-agent-api-key": ("kubernetes:core/v1:Secret", "update")}
    running.set("protect", True)
    running.up()
    opened = json.loads(running.pulumi("stack", "export", "--show-secrets").stdout)["deployment"]["resources"]
    used = json.dumps([one["inputs"] for one in opened if one["type"].startswith("pulumi:providers:")])
    for key, value in keys.items():
        assert value in used
        assert THROW_AWAY[key] not in used
    assert running.changes() == {}


def test_a_generated_secret_that_is_deleted_is_made_anew(running: Lab) -> None:
    before = secret(running)
    others = ids_without(running, SECRET)
    # As `kubectl delete secret` does it.
    running.cloud.remove_outside("kubernetes:core/v1:Secret", before.id)
    for command in ("pulumi refresh --yes --skip-preview", "pulumi up --yes --skip-preview"):
        done = shell(running, command)
        assert done.returncode == 0, done.stdout + done.stderr
    assert secret(running).inputs["stringData"] != before.inputs["stringData"]
    assert ids_without(running, SECRET) == others
    assert running.changes() == {}


def test_the_password_of_the_monitoring_user_is_set_by_a_new_job(running: Lab) -> None:
    before = secret(running)
    (job,) = [one for one in running.cloud.objects() if one.type == "kubernetes:batch/v1:Job"]
    words = ["pulumi", "destroy", "--target", f"'**{SECRET}'", "--target-dependents"]
    assert " ".join(words) in (ROOT / "docs" / "databases" / "README.md").read_text()
    running.pulumi(*shlex.split(" ".join(words[1:])), "--yes", "--skip-preview")
    assert job.name not in {one.name for one in running.cloud.objects()}
    running.up()
    assert secret(running).inputs["stringData"] != before.inputs["stringData"]
    assert ids_without(running, SECRET, job.name).items() <= ids_without(running).items()
    assert job.name in ids_without(running)
    assert running.changes() == {}


def secret(lab: Lab) -> CloudObject:
    (found,) = [one for one in lab.cloud.objects() if one.name == SECRET]
    return found


def ids_without(lab: Lab, *names: str) -> dict[str, str]:
    return {one.name: one.id for one in lab.cloud.objects() if one.name not in names}

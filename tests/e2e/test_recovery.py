"""A backup, what becomes of it when it is damaged or foreign, and the drill: on the real engine."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.e2e.lab import STACK, Lab
from tests.e2e.test_disturbed import finished, template  # noqa: F401 (fixtures: the small program)
from tests.repository import needs_repository
from tools.backup import folder
from tools.backup.contents import Source
from tools.backup.drill import Drill
from tools.backup.folder import Backup, BackupError
from tools.backup.restore import Restore
from tools.pulumi import Pulumi
from tools.recover.recover import Endpoints
from tools.stack.workspace import THROW_AWAY


def source(lab: Lab) -> Source:
    server = lab.home.running()
    assert server is not None
    endpoints = Endpoints.of_sandbox(server["http"])
    return Source(stack=STACK, pulumi=Pulumi(project=lab.project, environment=lab.environment), endpoints=endpoints)


def backup(lab: Lab, name: str = "backup") -> Backup:
    folder.write(lab.folder / name, source(lab).contents())
    return folder.read(lab.folder / name)


def restore(lab: Lab, kept: Backup, **environment: str) -> None:
    pulumi = Pulumi(project=lab.project, environment={**lab.environment, **environment})
    Restore(stack=STACK, backup=kept, pulumi=pulumi).run()


def lose_state(lab: Lab) -> None:
    shutil.rmtree(lab.state_folder)
    lab.state_folder.mkdir()


@needs_repository
@pytest.mark.slow
def test_whatever_is_lost_comes_back_as_it_was(running: Lab) -> None:
    # As in production: what is gone must be made again although it may not be deleted.
    running.set("protect", True)
    running.up()
    drill = Drill(
        source=source(running),
        place=running.folder / "drill",
        state=running.state_folder,
        empty_cloud=running.cloud.reset,
    )
    outcomes = list(drill.run())
    assert [one.lost for one in outcomes] == ["the state", "the cloud", "state and cloud"]
    for one in outcomes:
        assert one.problems == [], one.lost
        assert one.resources == len(running.state()["resources"])


@needs_repository
def test_no_secret_is_readable_in_a_backup(running: Lab) -> None:
    kept = backup(running)
    assert {"definitions/monitors/api-error-rate.json", "definitions/dashboards/executive-overview.json"} <= set(
        kept.files
    )
    for name, content in kept.files.items():
        for secret in THROW_AWAY.values():
            assert secret.encode() not in content, name


@needs_repository
def test_a_backup_holds_what_was_changed_in_the_vendors_page(running: Lab) -> None:
    (monitor,) = [one for one in running.cloud.objects() if one.name == "api-error-rate"]
    running.cloud.edit_outside(
        monitor.type,
        monitor.id,
        lambda _: ({**monitor.inputs, "name": "By hand"}, {**monitor.properties, "name": "By hand"}),
    )
    assert backup(running).json("definitions/monitors/api-error-rate.json")["name"] == "By hand"


@needs_repository
def test_a_readable_secret_is_no_backup(running: Lab) -> None:
    (monitor,) = [one for one in running.cloud.objects() if one.name == "api-error-rate"]
    leak = f"call with {THROW_AWAY['datadogApiKey']}"
    running.cloud.edit_outside(
        monitor.type,
        monitor.id,
        lambda _: ({**monitor.inputs, "message": leak}, {**monitor.properties, "message": leak}),
    )
    with pytest.raises(BackupError, match=r"readable in definitions/monitors/api-error-rate\.json"):
        source(running).contents()


@needs_repository
def test_a_restore_that_is_refused_has_changed_nothing(running: Lab) -> None:
    kept = backup(running)
    with pytest.raises(BackupError, match="Stack sandbox is not empty"):
        restore(running, kept)
    assert running.changes() == {}
    lose_state(running)
    with pytest.raises(BackupError, match="another passphrase"):
        restore(running, kept, PULUMI_CONFIG_PASSPHRASE="wrong")  # noqa: S106
    other = Backup(kept.folder, {**kept.files, folder.MANIFEST: json.dumps({**kept.manifest, "stack": "b"}).encode()})
    with pytest.raises(BackupError, match="is a backup of stack b"):
        restore(running, other)
    assert json.loads(running.pulumi("stack", "ls", "--json").stdout) == []


@needs_repository
def test_a_lost_stack_file_comes_back_and_one_of_another_passphrase_does_not_mix(running: Lab) -> None:
    kept, own = backup(running), running.stack_file.read_bytes()
    lose_state(running)
    running.stack_file.write_bytes(own.replace(b"encryptionsalt: v1:", b"encryptionsalt: v1:A"))
    with pytest.raises(BackupError, match="encrypted with another passphrase than the backup"):
        restore(running, kept)
    running.stack_file.unlink()
    restore(running, kept)
    assert running.stack_file.read_bytes() == own

"""Give a stack its state back from a backup. What can go wrong is found out before anything is touched."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from infra.naming import PROJECT
from tools.backup.contents import stack_file_name
from tools.backup.folder import STATE, Backup, BackupError
from tools.pulumi import Pulumi, PulumiError

_SALT = "encryptionsalt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Restore:
    """One stack to restore: its backup, and the engine in the folder that its file is in or goes to."""

    stack: str
    backup: Backup
    pulumi: Pulumi

    def run(self) -> None:
        """Import the state. Raises BackupError or PulumiError, and has changed nothing then."""
        self._refuse_foreign()
        self._refuse_other_encryption()
        self._refuse_wrong_passphrase()
        is_new = self._refuse_known_stack()
        before = self._stack_file.read_bytes() if self._stack_file.exists() else None
        if before is None or _salt(before) is None:
            self._stack_file.write_bytes(self._stack_file_kept)
        try:
            if is_new:
                self.pulumi.run("stack", "init", self.stack, "--no-select")
            self._import(self.pulumi)
        except PulumiError:
            if is_new:
                self.pulumi.run("stack", "rm", self.stack, "--yes", "--preserve-config", may_fail=True)
            if before is None:
                self._stack_file.unlink(missing_ok=True)
            else:
                self._stack_file.write_bytes(before)
            raise

    @property
    def _stack_file(self) -> Path:
        return self.pulumi.project / stack_file_name(self.stack)

    @property
    def _stack_file_kept(self) -> bytes:
        return self.backup.files[stack_file_name(self.stack)]

    def _refuse_foreign(self) -> None:
        manifest = self.backup.manifest
        if (manifest.get("project"), manifest.get("stack")) != (PROJECT, self.stack):
            raise BackupError(
                f"{self.backup.folder} is a backup of stack {manifest.get('stack')} of {manifest.get('project')}, "
                f"not of {self.stack} of {PROJECT}. Nothing was restored."
            )

    def _refuse_other_encryption(self) -> None:
        """The state and the stack file are encrypted with one key, which the salt belongs to.

        A file without one holds no secrets: the backup's takes its place.
        """
        here = _salt(self._stack_file.read_bytes()) if self._stack_file.exists() else None
        if here is not None and here != _salt(self._stack_file_kept):
            raise BackupError(
                f"{self._stack_file.name} was encrypted with another passphrase than the backup: its {_SALT} differs. "
                f"Move it away, and restore again: the backup's takes its place. Nothing was restored."
            )

    def _refuse_wrong_passphrase(self) -> None:
        """Rehearse in a throw-away backend: the import, and reading a secret."""
        if (self.backup.deployment.get("secrets_providers") or {}).get("type") != "passphrase":
            return  # keys of a cloud or of Pulumi's service: the import itself asks for them
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "Pulumi.yaml").write_text(yaml.safe_dump({"name": PROJECT, "runtime": "python"}))
            (place / self._stack_file.name).write_bytes(self._stack_file_kept)
            (place / "state").mkdir()
            elsewhere = {**self.pulumi.environment, "PULUMI_BACKEND_URL": f"file://{place / 'state'}"}
            rehearsal = Pulumi(project=place, environment=elsewhere)
            try:
                rehearsal.run("stack", "init", self.stack)
                self._import(rehearsal)
                rehearsal.run("stack", "export", "--show-secrets", "--stack", self.stack)
            except PulumiError as error:
                if "passphrase" not in str(error):
                    raise
                raise BackupError(
                    "The backup is encrypted with another passphrase than the one in PULUMI_CONFIG_PASSPHRASE. "
                    f"It was made at {self.backup.manifest['made']}: take the passphrase of that time. "
                    "Nothing was restored."
                ) from None

    def _refuse_known_stack(self) -> bool:
        """Whether the backend does not know the stack. Raises BackupError when it knows resources of it."""
        listed = json.loads(self.pulumi.run("stack", "ls", "--json"))
        if self.stack not in {one["name"].rpartition("/")[2] for one in listed}:
            return True
        exported = json.loads(self.pulumi.run("stack", "export", "--stack", self.stack))
        resources = (exported.get("deployment") or {}).get("resources") or []
        if resources:
            raise BackupError(
                f"Stack {self.stack} is not empty: its state has {len(resources)} resources. A restore is for a state "
                "that is lost; after a killed run, `make recover` mends the one there is. To restore all the same: "
                f"`pulumi stack rm {self.stack} --force --preserve-config` forgets it first, and deletes nothing in "
                "any cloud. Nothing was restored."
            )
        return False

    def _import(self, pulumi: Pulumi) -> None:
        pulumi.run("stack", "import", "--file", str((self.backup.folder / STATE).resolve()), "--stack", self.stack)


def _salt(content: bytes) -> object:
    read = yaml.safe_load(content)
    return read.get(_SALT) if isinstance(read, dict) else None

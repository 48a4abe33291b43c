"""What goes into a backup: state, stack file, commit, versions, and what the clouds hold."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from infra.naming import PROJECT, Mark
from infra.settings import Settings
from tools.backup.definitions import definitions
from tools.backup.folder import FORMAT, MANIFEST, OBJECTS, STATE, BackupError
from tools.engine.engine import ROOT
from tools.pulumi import Pulumi
from tools.recover.recover import Endpoints

_PROVIDER = "pulumi:providers:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A deployed stack, and how to ask about it."""

    stack: str
    pulumi: Pulumi
    endpoints: Endpoints

    def contents(self) -> dict[str, bytes]:
        """Path -> content of all files. Raises PulumiError, BackupError, or ProblemsError with every problem."""
        exported = json.loads(self.pulumi.run("stack", "export", "--stack", self.stack))
        resources = (exported.get("deployment") or {}).get("resources") or []
        if not resources:
            raise BackupError(f"Stack {self.stack} has nothing to back up: it was never brought up, or taken down.")
        settings = self.pulumi.settings(self.stack)
        found = sorted(self.endpoints.found(settings, Mark(self.stack)), key=lambda one: (one.type, one.identity))
        objects = [{"type": one.type, "identity": one.identity, "id": one.id, "title": one.title} for one in found]
        stack_file = stack_file_name(self.stack)
        files = {
            MANIFEST: _json(self._manifest(exported["deployment"], objects)),
            STATE: _json(exported),
            OBJECTS: _json(objects),
            stack_file: (self.pulumi.project / stack_file).read_bytes(),
            **definitions(found, settings, self.endpoints.datadog or settings.datadog.api),
        }
        _refuse_readable_secrets(files, settings)
        return files

    def _manifest(self, deployment: Mapping[str, Any], objects: list[dict[str, str]]) -> dict[str, Any]:
        resources = deployment["resources"]
        return {
            "format": FORMAT,
            "project": PROJECT,
            "stack": self.stack,
            "made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "commit": _git("rev-parse", "HEAD"),
            "uncommitted": _git("status", "--porcelain", "--untracked-files=no").splitlines(),
            "engine": deployment["manifest"]["version"],
            "providers": {
                one["type"].removeprefix(_PROVIDER): one["inputs"].get("version", "of the commit")
                for one in resources
                if one["type"].startswith(_PROVIDER)
            },
            "secretsProvider": deployment.get("secrets_providers", {}).get("type"),
            "resources": len(resources),
            "pendingOperations": len(deployment.get("pending_operations") or ()),
            "objects": len(objects),
        }


def stack_file_name(stack: str) -> str:
    """The file of a stack's settings."""
    return f"Pulumi.{stack}.yaml"


def default_folder(stack: str) -> Path:
    """Where a backup goes unless somebody says where."""
    return ROOT / "backups" / f"{stack}-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"


def _refuse_readable_secrets(files: Mapping[str, bytes], settings: Settings) -> None:
    secrets = [value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)]
    # As it stands in a stack file, and as it stands in JSON.
    readable = [form.encode() for secret in secrets for form in (secret, json.dumps(secret)[1:-1])]
    leaks = [name for name, content in files.items() if any(form in content for form in readable)]
    if leaks:
        raise BackupError(
            f"A secret of the settings would be readable in {', '.join(leaks)}. Nothing was written. "
            "Take it out of the object, or of the stack's file (`pulumi config set --secret`)."
        )


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        raise BackupError("The commit cannot be told: a backup is made where git and the repository are.") from None
    return done.stdout.strip()


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()

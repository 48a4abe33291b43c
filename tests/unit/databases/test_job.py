"""The job's own commands against a real server, as the cluster would run them: another user, variables, no terminal."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from components.databases.compile import NAME, compile_databases
from tests.unit.databases.conftest import NewServer
from tests.unit.databases.examples import SPEC
from tools.servers.postgres import Postgres, unprivileged

pytestmark = pytest.mark.slow

PASSWORD = 'made-up\'s "password" $X'
SECRETS = {
    ("postgres-admin", "username"): "postgres",
    ("postgres-admin", "password"): "",
    ("datadog-postgres", "password"): PASSWORD,
}


def run(container: dict[str, Any], server: Postgres, files: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """A container's command with its variables; files where the volume is mounted, nothing else of this machine."""
    environment = {
        entry["name"]: entry["value"]
        if "value" in entry
        else SECRETS[entry["valueFrom"]["secretKeyRef"]["name"], entry["valueFrom"]["secretKeyRef"]["key"]]
        for entry in container["env"]
    }
    (mount,) = container["volumeMounts"]
    command = [part.replace(mount["mountPath"], str(files)) for part in container["command"]]
    return subprocess.run(
        [*unprivileged(), *command], env={"PATH": os.environ["PATH"], **environment, **changes}, cwd="/", text=True,
        stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True, timeout=60,
    )  # fmt: skip


def test_the_job_makes_the_user_and_then_is_it(new_server: NewServer) -> None:
    with new_server() as server:
        spec = dataclasses.replace(
            SPEC, postgres=dataclasses.replace(SPEC.postgres, host="127.0.0.1", port=server.port)
        )
        manifests = compile_databases(spec)
        files = server.folder / "setup"
        files.mkdir()
        for name, text in manifests[f"{NAME}-files"]["data"].items():
            (files / name).write_text(text, encoding="utf-8")
        pod = manifests[NAME]["spec"]["template"]["spec"]
        (set_up,), (verify,) = pod["initContainers"], pod["containers"]

        assert run(verify, server, files).returncode != 0  # nobody of that name yet
        # The administrator of this server comes in over the socket, without a password.
        done = run(set_up, server, files, PGHOST=str(server.folder))
        assert done.returncode == 0, done.stderr
        done = run(verify, server, files)
        assert done.returncode == 0, done.stderr
        assert PASSWORD not in done.stdout + done.stderr

        wrong = run(set_up, server, files)
        assert wrong.returncode != 0
        assert "fe_sendauth: no password supplied" in wrong.stderr
        shutil.rmtree(files)

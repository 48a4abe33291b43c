"""Where a stack runs when it runs on the sandbox: project folder, state folder, environment variables."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.naming import PROJECT
from sandbox import process
from sandbox.home import DEFAULT_HOME, HOME_VARIABLE, Home
from tools.engine import Engine
from tools.engine.engine import ROOT

PASSPHRASE = "genonaut-sandbox"  # noqa: S105 (public: it guards made-up secrets only)
# Made up, for stack files that carry none, or carry ones that only their owners can decrypt.
THROW_AWAY = {
    "datadogApiKey": "made-up-datadog-api-key",
    "datadogAppKey": "made-up-datadog-app-key",
    "sentryAuthToken": "made-up-sentry-token",
    "kubeconfig": "made-up-kubeconfig",
    "pagerdutyServiceKey": "made-up-pagerduty-service-key",
}
OWN_STACK = "sandbox"
"""The stack made for the sandbox: it runs from the project's own folder, so that plain `pulumi` finds it there."""
HTTP_PORT = 8377
"""Where that stack's page is, unless somebody else has the port; other stacks' pages get a free one."""


class StackFileError(Exception):
    """There is no such stack, or its file cannot be read; the message says what would be right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """A prepared sandbox run of one stack."""

    stack: str
    project: Path
    """The folder of Pulumi.yaml and the stack's file."""
    environment: Mapping[str, str]
    """All environment variables of the engine."""
    page: str
    """Address of the sandbox's page, and of its stand-ins for the vendors' HTTP APIs."""

    def pulumi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one short `pulumi` command here; raises StackFileError with its words when it fails."""
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(  # noqa: S603
            command, cwd=self.project, env=dict(self.environment), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StackFileError((done.stderr or done.stdout).strip())
        return done


def home_of(stack: str) -> Home:
    """A cloud of its own for each stack: they are different clusters in reality, too."""
    folder = os.environ.get(HOME_VARIABLE, str(DEFAULT_HOME))
    return Home(ROOT / (folder if stack == OWN_STACK else f"{folder}-{stack}"))


def locate(stack: str, home: Home, engine: Engine) -> Workspace:
    """Start the sandbox if it does not run, and say where this stack runs on it. Raises StackFileError."""
    own_folder = stack == OWN_STACK
    server = process.start(
        home,
        kubernetes_version=kubernetes_version(read_stack_file(stack)),
        http_port=HTTP_PORT if own_folder else 0,
    )
    project = ROOT if own_folder else home.path.resolve() / "projects" / stack
    if not (project / "Pulumi.yaml").exists():
        write_project(project, stack, read_stack_file(stack))
    return Workspace(
        stack=stack,
        project=project,
        environment=engine.environment({**os.environ, **variables(home, server)}),
        page=server["http"],
    )


def prepare(stack: str, home: Home, engine: Engine) -> Workspace:
    """Locate this stack and make it ready to run.

    Any stack but the sandbox's own runs from a copy of its file with throw-away secrets: those in the file can only
    be decrypted by the people who set them.
    """
    workspace = locate(stack, home, engine)
    if stack == OWN_STACK:
        workspace.pulumi("stack", "select", stack, "--create")
        return workspace
    write_project(workspace.project, stack, read_stack_file(stack))
    workspace.pulumi("stack", "select", stack, "--create")
    secrets = [f"--secret={key}={value}" for key, value in THROW_AWAY.items()]
    workspace.pulumi("config", "set-all", "--stack", stack, *secrets)
    return workspace


def read_stack_file(stack: str, program: Path | None = None) -> dict[str, Any]:
    """The stack's file as it is. Raises StackFileError when there is none, or it is no YAML."""
    program = program or ROOT
    file = program / f"Pulumi.{stack}.yaml"
    if not file.exists():
        known = sorted(path.name.split(".")[1] for path in program.glob("Pulumi.*.yaml"))
        raise StackFileError(f"There is no {file.name}. Stacks here: {', '.join(known)}.")
    return _read(file)


def variables(home: Home, server: Mapping[str, Any]) -> dict[str, str]:
    """What a shell needs for plain `pulumi` to work on the sandbox, but for PATH."""
    folder = home.path.resolve()
    for name in ("state", "pulumi"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_HOME": str(folder / "pulumi"),
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_DEBUG_PROVIDERS": ",".join(f"{name}:{port}" for name, port in server["grpc"].items()),
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "1",
    }


def write_project(folder: Path, stack: str, config: Mapping[str, Any], program: Path | None = None) -> None:
    """A project folder of its own that runs a program, in general this one, with this configuration for the stack.

    What is encrypted is left out, and so is what says how.
    """
    program = program or ROOT
    folder.mkdir(parents=True, exist_ok=True)
    project = _read(program / "Pulumi.yaml")
    project["main"] = os.path.relpath(program, folder)
    project["runtime"]["options"]["virtualenv"] = os.path.relpath(ROOT / ".venv", folder)
    for plugin in project["plugins"]["providers"]:
        plugin["path"] = os.path.relpath(program / plugin["path"], folder)
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project, sort_keys=False))
    (folder / f"Pulumi.{stack}.yaml").write_text(yaml.safe_dump({"config": readable(config)}, sort_keys=False))


def readable(config: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a stack's file that are not encrypted; what is encrypted inside of one is made up."""
    own: Mapping[str, Any] = config.get("config") or {}
    return {key: _with_made_up(value) for key, value in own.items() if not encrypted(value)}


def _with_made_up(value: Any) -> Any:
    if encrypted(value):
        return "made-up"
    if isinstance(value, Mapping):
        return {key: _with_made_up(item) for key, item in value.items()}
    return [_with_made_up(item) for item in value] if isinstance(value, list) else value


def encrypted(value: object) -> bool:
    """Whether a value of a stack file is one that only its owners can decrypt."""
    return isinstance(value, Mapping) and "secure" in value


def kubernetes_version(config: Mapping[str, Any]) -> str:
    """The cluster's version in a stack's file, or the settings' own."""
    section = (config.get("config") or {}).get(f"{PROJECT}:kubernetes")
    version = section.get("version") if isinstance(section, Mapping) else None
    return version if isinstance(version, str) else "1.34"


def _read(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(file.read_text())
    except yaml.YAMLError as error:
        raise StackFileError(f"{file.name} is not YAML: {error}") from None
    return found if isinstance(found, dict) else {}

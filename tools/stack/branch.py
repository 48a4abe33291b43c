"""What this working tree would change of what its base brings up, on a sandbox that is gone afterwards."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox import process
from sandbox.home import Home
from tools.engine import Engine
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY, kubernetes_version, read_stack_file, variables, write_project

PLACE = ROOT / "build"
PATIENCE = 60.0
"""Seconds the engine gets to end what it has begun, once it is interrupted."""


class BranchError(Exception):
    """Base and branch cannot be compared; the message says why."""


def preview_as_it_is(stack: str, engine: Engine) -> str:
    """What the engine would do to a stack where it is, as JSON. Raises BranchError when it says nothing."""
    return _preview(stack, ROOT, engine.environment())


def preview_against(base: str, stack: str, engine: Engine, log: Callable[[str], None]) -> str:
    """What the engine would do to the stack of the commit where this branch left `base`, as JSON.

    That commit is brought up on a sandbox of its own; no other sandbox is touched. Raises BranchError.
    """
    commit = _git("merge-base", base, "HEAD")
    PLACE.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix=f"base-{os.getpid()}-", dir=PLACE) as place, _terminated_like_interrupted():
        folder = Path(place)
        program = folder / "program"
        _unpack(commit, program)
        config = read_stack_file(stack)
        with _sandbox(folder / "sandbox", kubernetes_version(config)) as server:
            project = folder / "project"
            environment = engine.environment({**os.environ, **variables(server[0], server[1])})
            if (program / f"Pulumi.{stack}.yaml").exists():
                log(f"== The base, {commit[:10]} of {base}, is brought up on a sandbox of its own")
                write_project(project, stack, read_stack_file(stack, program), program)
                _configure(stack, project, environment)
                _run(
                    ["up", "--yes", "--skip-preview", "--stack", stack],
                    project,
                    environment,
                    "the base does not come up",
                )
            else:
                log(f"== The base, {commit[:10]} of {base}, has no Pulumi.{stack}.yaml: all of the stack is new")
            log("== What this working tree would change of it")
            write_project(project, stack, config)
            _configure(stack, project, environment)
            return _preview(stack, project, environment)


def _configure(stack: str, project: Path, environment: Mapping[str, str]) -> None:
    _run(["stack", "select", stack, "--create"], project, environment, "there is no stack")
    secrets = [f"--secret={key}={value}" for key, value in THROW_AWAY.items()]
    _run(["config", "set-all", "--stack", stack, *secrets], project, environment, "no configuration")


def _preview(stack: str, project: Path, environment: Mapping[str, str]) -> str:
    """A program that fails is an answer, too."""
    code, printed, said = _ended(["preview", "--json", "--stack", stack], project, environment)
    if code != 0 and not printed.lstrip().startswith("{"):
        raise BranchError(f"pulumi preview failed:\n{(said or printed).strip()}")
    return printed


def _run(arguments: list[str], project: Path, environment: Mapping[str, str], failing: str) -> None:
    code, printed, said = _ended(arguments, project, environment)
    if code != 0:
        raise BranchError(f"{failing}: pulumi {arguments[0]} failed:\n{(printed + said).strip()}")


def _ended(arguments: list[str], project: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Run the engine to its end, also when this process is interrupted: it takes its plugins along."""
    engine = subprocess.Popen(  # noqa: S603
        ["pulumi", *arguments, "--non-interactive", "--color=never"],  # noqa: S607
        cwd=project, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        printed, said = engine.communicate()
    except BaseException:
        engine.send_signal(signal.SIGINT)
        try:
            engine.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            engine.kill()
            engine.communicate()
        raise
    return engine.returncode, printed, said


@contextmanager
def _sandbox(folder: Path, version: str) -> Iterator[tuple[Home, Mapping[str, object]]]:
    home = Home(folder)
    try:
        yield home, process.start(home, kubernetes_version=version, http_port=0)
    finally:
        process.stop(home)


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Let a polite end of this process, such as a runner's, end what it started as well."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _unpack(commit: str, folder: Path) -> None:
    """The files of a commit, without a trace in the repository."""
    with tarfile.open(fileobj=io.BytesIO(_git_bytes("archive", "--format=tar", commit))) as archive:
        archive.extractall(folder, filter="data")


def _git(*arguments: str) -> str:
    return _git_bytes(*arguments).decode().strip()


def _git_bytes(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise BranchError("There is no git: the base is taken from its history") from None
    if done.returncode != 0:
        words = (
            done.stderr.decode(errors="replace").strip() or "they have no commit in common (fetch more of the history)"
        )
        raise BranchError(f"git {' '.join(arguments[:3])}: {words}")
    return done.stdout

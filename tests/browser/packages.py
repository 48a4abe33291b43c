"""The snippet with what it stands on: type-checked and bundled by the packages of package-lock.json."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from components.rum.snippet import snippet
from stacks.catalog.browsers import JOURNEYS

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
STRICT = (
    "--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--noUnusedLocals",
    "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--lib", "es2022,dom,dom.iterable",
)  # fmt: skip

needed = pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / ".ready").exists()),
    reason="no npm packages: install Node 18 or newer, then `make browser-packages`",
)
"""On tests that cannot do without."""


def take_in(folder: Path) -> None:
    """Put the snippet where a web application would have it."""
    for name, text in snippet(JOURNEYS).items():
        (folder / name).write_text(text)
    (folder / "node_modules").symlink_to(MODULES)


def type_errors(folder: Path, *files: str) -> list[str]:
    """What the compiler says of these files, strictest."""
    done = _run(folder, "tsc", *STRICT, *files)
    return [line for line in done.stdout.splitlines() if "error" in line]


def bundle(folder: Path, entry: str) -> str:
    """One script that a page can load."""
    done = _run(folder, "esbuild", entry, "--bundle", "--format=iife", "--target=es2022", "--log-level=error")
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(folder: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(MODULES / ".bin" / program), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )

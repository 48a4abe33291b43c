"""Schemas derived once per SDK version and kept as JSON in a folder that git ignores."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from sandbox.schema.model import PACKAGES, Package, Resource, package_from_json

PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / ".cache" / "sandbox-schema"


class SchemaError(Exception):
    """A package's schema could not be derived; the message says which and why."""


def cache_file(package: str) -> Path:
    """Where a package's schema is kept: the name changes with the SDK's version and with the deriving code."""
    code = hashlib.sha256((Path(__file__).parent / "derive.py").read_bytes()).hexdigest()[:8]
    return CACHE / f"{package}-{version(PACKAGES[package].replace('_', '-'))}-{code}.json"


def ensure(package: str) -> Path:
    """Derive a package's schema unless it is there; a few seconds the first time."""
    path = cache_file(package)
    if path.exists():
        return path
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n")
    done = subprocess.run(  # noqa: S603 -- our own module, our own interpreter
        [sys.executable, "-m", "sandbox.schema.derive", package],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise SchemaError(f"the schema of {package} cannot be read from {PACKAGES[package]}: {reason}")
    partial = path.with_suffix(f".{os.getpid()}.part")
    partial.write_text(done.stdout)
    partial.replace(path)
    return path


class Schemas:
    """All packages, each read at its first use."""

    def __init__(self) -> None:
        self._packages: dict[str, Package] = {}
        self._lock = threading.Lock()

    def package(self, name: str) -> Package:
        """One package's schema. Raises `SchemaError`."""
        with self._lock:
            if name not in self._packages:
                self._packages[name] = package_from_json(json.loads(ensure(name).read_text()))
            return self._packages[name]

    def resource(self, token: str) -> Resource | None:
        """A resource type by its token, or None when no SDK has it."""
        return self.package(token.split(":", 1)[0]).resources.get(token)

    @cached_property
    def versions(self) -> dict[str, str]:
        """Package -> version of the installed SDK."""
        return {name: version(module.replace("_", "-")) for name, module in PACKAGES.items()}

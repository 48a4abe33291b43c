"""Shared: an empty cloud, the schemas of the installed SDKs, and one lifecycle for each package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    return Schemas()


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path / "cloud.db")


@pytest.fixture
def provider(schemas: Schemas, cloud: Cloud) -> Callable[[str], Lifecycle]:
    return lambda package: Lifecycle(package, schemas, cloud, "1.34")

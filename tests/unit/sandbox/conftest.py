"""Shared: an empty cloud, the schemas of the installed SDKs, and one lifecycle for each package."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from datadog_api_client import ApiClient, Configuration

from sandbox.cloud import Cloud
from sandbox.page.app import application
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from tests.serving import serving


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    return Schemas()


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path / "cloud.db")


@pytest.fixture
def provider(schemas: Schemas, cloud: Cloud) -> Callable[[str], Lifecycle]:
    return lambda package: Lifecycle(package, schemas, cloud, "1.34")


@pytest.fixture
def address(schemas: Schemas, cloud: Cloud) -> Iterator[str]:
    """The vendors' HTTP routes over that cloud."""
    with serving(application(cloud, schemas, "1.34")) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[ApiClient]:
    """Datadog's own client on those routes."""
    configuration = Configuration(host=f"{address}/datadog", enable_retry=False)
    configuration.api_key = {"apiKeyAuth": "made-up", "appKeyAuth": "made-up"}
    with ApiClient(configuration) as client:
        yield client

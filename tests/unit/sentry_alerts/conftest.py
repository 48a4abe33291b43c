"""A local Sentry with a team and a project, and a client that does not really wait."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub, add_ResourceProviderServicer_to_server

from sandbox.cloud import Cloud
from sandbox.provider.admission import PROJECT, TEAM
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from sentry_alerts.client import Client, Retry
from sentry_alerts.provider.servicer import Provider
from sentry_alerts.provider.wire import encode
from tests.unit.sentry_alerts.examples import ORGANIZATION
from tests.unit.sentry_alerts.server import Sentry, sentry_of

TOKEN = "made-up-token-9c41"
TIMEOUT = 0.3


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    return Schemas()


@dataclass(frozen=True)
class Numbers:
    """Sentry's numbers of what is there before a test."""

    project: str
    team: str


@pytest.fixture
def sentry(tmp_path: Path) -> Iterator[Sentry]:
    with sentry_of(Cloud(tmp_path / "cloud.db")) as sentry:
        yield sentry


@pytest.fixture
def numbers(sentry: Sentry, schemas: Schemas) -> Numbers:
    life = Lifecycle("sentry", schemas, sentry.cloud, "1.34")

    def make(token: str, inputs: dict[str, object]) -> str:
        urn = f"urn:pulumi:dev::p::{token}::it"
        return str(life.create(token, urn, {"organization": ORGANIZATION, **inputs}, preview=False)[1]["internalId"])

    team = make(TEAM, {"name": "core"})
    return Numbers(make(PROJECT, {"name": "api", "teams": ["core"]}), team)


@pytest.fixture
def waits() -> list[float]:
    """Seconds that the client would have waited."""
    return []


@pytest.fixture
def client(sentry: Sentry, waits: list[float]) -> Iterator[Client]:
    client = Client(sentry.url, TOKEN, retry=Retry(attempts=4), timeout=TIMEOUT, sleep=waits.append)
    yield client
    client.close()


@pytest.fixture
def engine(client: Client) -> Iterator[ResourceProviderStub]:
    """The provider behind a real gRPC connection."""
    server = grpc.server(ThreadPoolExecutor(4))
    add_ResourceProviderServicer_to_server(Provider(lambda _url, _token: client), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = ResourceProviderStub(channel)
        stub.Configure(rpc.ConfigureRequest(args=encode({"token": TOKEN, "baseUrl": "https://sentry.example/api/"})))
        yield stub
    server.stop(None)

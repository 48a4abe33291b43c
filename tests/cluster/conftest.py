"""A real API server for each stack, empty at the start: stacks belong to different clusters in reality, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stacks.manifests import manifests
from tests.cluster.cluster import Answer, Cluster
from tests.variants import VARIANTS, specs_of
from tools.cluster import ClusterMissingError, Programs, find_or_build, running

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.cluster)


@pytest.fixture(scope="session")
def programs() -> Programs:
    try:
        return find_or_build(log=print)
    except ClusterMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session", params=VARIANTS)
def cluster(request: pytest.FixtureRequest, programs: Programs) -> Iterator[Cluster]:
    """An empty cluster, but for the namespaces that the stack expects."""
    stack, specs = specs_of(request.param)
    with running(programs) as server, server.client() as http:
        cluster = Cluster(stack, http, specs.agent.features, manifests(specs, stack))
        cluster.ensure_namespaces()
        yield cluster


@pytest.fixture(scope="session")
def applied(cluster: Cluster) -> dict[str, Answer]:
    """What the server said to each object of the stack, applied in the order in which they depend on one another."""
    return {name: cluster.apply(manifest) for name, manifest in cluster.manifests.items()}

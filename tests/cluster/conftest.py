"""A real API server for each stack, empty at the start: stacks belong to different clusters in reality, too."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.agent.features import Feature
from components.agent.spec import MetricsServing
from reports.stack_file import settings_of
from stacks.check import check
from stacks.manifests import manifests
from stacks.specs import StackSpecs, compose
from tests.cluster.cluster import Answer, Cluster
from tests.examples import STACKS
from tools.cluster import ClusterMissingError, Programs, find_or_build, running

HERE = Path(__file__).parent
EVERYTHING = "production with everything on"
"""Features that no stack has switched on are proved as well."""


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


def specs_of(name: str) -> tuple[str, StackSpecs]:
    stack = "production" if name == EVERYTHING else name
    specs = compose(settings_of(stack), stack)
    if name == EVERYTHING:
        serving = MetricsServing(skip_verification=True)
        agent = dataclasses.replace(specs.agent, features=frozenset(Feature), metrics_serving=serving)
        specs = dataclasses.replace(specs, agent=agent)
    assert check(specs) == []
    return stack, specs


@pytest.fixture(scope="session", params=[*STACKS, EVERYTHING])
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

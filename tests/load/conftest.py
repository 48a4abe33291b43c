"""The reference app under load: the API with its real database and cache, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.demo import application, backends
from tools.demo.backends import Backends
from tools.receivers.statsd_listener import Received, listening

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            # What else ran on this machine would be measured.
            item.add_marker(pytest.mark.alone)


@dataclass(frozen=True)
class UnderLoad:
    """The running app."""

    url: str
    backends: Backends
    metrics: Received
    """What the load generator has sent."""


@pytest.fixture(scope="session")
def under_load() -> Iterator[UnderLoad]:
    if absent := backends.missing():
        pytest.skip(f"not installed: {', '.join(absent)} (tools/install-debian.sh)")
    # Not below pytest's own folder, which PostgreSQL's user may not enter.
    with tempfile.TemporaryDirectory(prefix="load-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        with backends.backends(folder) as behind, listening(folder / "load.socket") as metrics:
            nobody = {"DD_TRACE_ENABLED": "false", "DD_DOGSTATSD_URL": f"unix://{folder}/nobody.socket"}
            environment = application.environment(behind.environment, nobody, application.API)
            application.seed(environment)
            with application.api(folder / "api.log", environment) as url:
                yield UnderLoad(url, behind, metrics)

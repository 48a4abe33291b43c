"""One sandbox per test process; each test begins with it empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import process
from sandbox.home import Home
from tests.e2e.lab import Lab
from tools.engine import Engine, EngineMissingError, find_or_build

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def engine() -> Engine:
    try:
        return find_or_build(log=print)
    except EngineMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = Home(tmp_path_factory.mktemp("sandbox"))
    process.start(home, kubernetes_version="1.34", http_port=0)
    yield home
    process.stop(home)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine) -> Lab:
    """A stack that was set up and never run."""
    lab = Lab(tmp_path_factory.mktemp("template"), home, engine)
    lab.set_up()
    return lab


@pytest.fixture
def lab(tmp_path: Path, home: Home, engine: Engine, template: Lab) -> Lab:
    """A stack that was set up and never run, on an empty cloud."""
    fresh = Lab(tmp_path / "lab", home, engine)
    fresh.copy_of(template)
    fresh.cloud.reset()
    return fresh


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine, template: Lab) -> Lab:
    """A stack after one run that nothing disturbed, with its cloud kept beside it."""
    lab = Lab(tmp_path_factory.mktemp("finished") / "lab", home, engine)
    lab.bring_up(template)
    return lab


@pytest.fixture
def running(tmp_path: Path, home: Home, engine: Engine, finished: Lab) -> Lab:
    """A stack that is up, as if it had just been brought up."""
    copy = Lab(tmp_path / "lab", home, engine)
    copy.copy_of(finished)
    copy.restore_cloud(finished.kept_cloud)
    return copy

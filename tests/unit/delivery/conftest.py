"""A repository on loopback, and how it is reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.unit.delivery.hub import REPOSITORY, TOKEN, Hub, serving
from tools.delivery.github import GitHub


@dataclass
class Waits:
    """Waits that were asked for, in seconds, and did not take place."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as hub:
        yield hub


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def github(hub: Hub, waits: Waits) -> GitHub:
    return GitHub(REPOSITORY, TOKEN, hub.address, waits)

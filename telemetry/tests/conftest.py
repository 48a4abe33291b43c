"""What the tests of the package share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from genonaut_telemetry.metrics import emit
from recording import Recorded


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    sink = Recorded()
    emit.start([sink])
    yield sink
    emit.stop()

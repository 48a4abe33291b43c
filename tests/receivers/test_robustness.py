"""Whoever should receive telemetry may be away or stuck: nobody who uses the app notices."""

from __future__ import annotations

from statistics import median, quantiles

import pytest

from tests.receivers.evidence import REQUESTS, Evidence

SLACK = 0.05
"""Seconds: what differs between two runs on a busy machine, and far less than any time-out of a client."""


@pytest.mark.parametrize("receivers", ["none", "stuck"])
def test_requests_are_as_fast_as_ever(receivers: str, evidence: Evidence) -> None:
    usual, found = evidence.latencies["all"], evidence.latencies[receivers]
    assert len(found) == REQUESTS  # each succeeded: no other answer is counted
    assert median(found) < median(usual) + SLACK
    assert quantiles(found, n=20)[-1] < quantiles(usual, n=20)[-1] + 2 * SLACK

"""Where the agent has no socket, metrics come over UDP: DD_AGENT_HOST is all that is set."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.demo.application import API, ENVIRONMENT, VERSION, environment
from tools.receivers.statsd_listener import listening
from tools.servers import process

PROGRAM = """
from fastapi import FastAPI
from genonaut_telemetry import instrument, metrics
instrument(FastAPI())
for _ in range(3):
    metrics.content_created(content_type="image", origin="user")
metrics.search_duration(0.25)
"""


def test_metrics_arrive_over_udp_too(tmp_path: Path) -> None:
    with listening(tmp_path / "unused.socket") as received:
        agent = {"DD_AGENT_HOST": process.HERE, "DD_DOGSTATSD_PORT": str(received.port), "DD_TRACE_ENABLED": "false"}
        subprocess.run([sys.executable, "-c", PROGRAM], env=environment({}, agent, API), check=True, timeout=60)
    assert received.wrong == []
    created = [sample for sample in received.samples() if sample.name == "genonaut.content.created"]
    assert sum(sample.total for sample in created) == 3
    assert {tuple(sorted(sample.tags)) for sample in created} == {
        (
            ("content_type", "image"),
            ("env", ENVIRONMENT),
            ("origin", "user"),
            ("service", API),
            ("version", VERSION),
        )
    }
    (took,) = [sample for sample in received.samples() if sample.name == "genonaut.search.duration"]
    assert took.values == (0.25,)

"""What only holds in processes of their own: several that share Prometheus's folder, and the profiler."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

pytest.importorskip("prometheus_client")
pytestmark = pytest.mark.slow

WORKER = """
import sys
from fastapi import FastAPI
from fastapi.testclient import TestClient
from genonaut_telemetry import instrument, metrics
app = FastAPI()
instrument(app)
with TestClient(app) as client:
    for _ in range(int(sys.argv[1])):
        metrics.users_registered()
        metrics.search_duration(0.25)
    print(client.get("/metrics").text)
"""
PROFILED = """
import time
from fastapi import FastAPI
from genonaut_telemetry import instrument
instrument(FastAPI())
until = time.monotonic() + 2
while time.monotonic() < until:
    sum(range(10_000))
"""


def run(code: str, *arguments: str, **variables: str) -> str:
    """What a fresh process prints whose environment is this one's with some variables more."""
    own = {"DD_SERVICE": "genonaut-api", "DD_ENV": "sandbox", "DD_VERSION": "1", **variables}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        env={**os.environ, **own}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def samples(page: str) -> dict[str, float]:
    lines = [line.rpartition(" ") for line in page.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_each_of_several_processes_answers_for_all(tmp_path: Path) -> None:
    shared = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "DD_TRACE_ENABLED": "false"}
    run(WORKER, "3", **shared)
    found = samples(run(WORKER, "2", **shared))
    assert found["genonaut_users_registered_total"] == 5
    assert found["genonaut_search_duration_seconds_count"] == 5
    assert found["genonaut_search_duration_seconds_sum"] == pytest.approx(1.25)


def test_without_the_folder_each_answers_for_itself() -> None:
    run(WORKER, "3", DD_TRACE_ENABLED="false")
    assert samples(run(WORKER, "2", DD_TRACE_ENABLED="false"))["genonaut_users_registered_total"] == 2


@pytest.mark.parametrize("wanted", [True, False])
def test_profiles_are_sent_where_they_are_switched_on(wanted: bool) -> None:
    asked: set[str] = set()

    class Agent(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.add(self.path)
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        do_PUT = do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Agent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        run(
            PROFILED,
            DD_PROFILING_ENABLED=str(wanted).lower(),
            DD_PROFILING_UPLOAD_INTERVAL="1",
            DD_TRACE_AGENT_URL=f"http://127.0.0.1:{server.server_port}",
        )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert any(path.startswith("/profiling") for path in asked) is wanted, asked

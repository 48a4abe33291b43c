"""Datadog's own test agent (https://github.com/DataDog/dd-apm-test-agent): what tracers send, kept and checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tools.servers import process

PROGRAM = Path(__file__).parents[2] / ".receivers" / "bin" / "ddapm-test-agent"
"""It has an environment of its own: docs/adr/0025-reference-app.md."""
CHECKS = (
    "trace_count_header",
    "meta_tracer_version_header",
    "trace_content_length",
    "trace_stall",
    "trace_peer_service",
    "meta_events_is_valid_json",
    "trace_dd_service",
)
"""All checks it has: each is on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One span as it arrived. Durations are seconds."""

    trace_id: int
    """The lower 64 bits: what all spans of a trace have in common."""
    span_id: int
    parent_id: int | None
    """None for the root of a trace."""
    name: str
    service: str
    resource: str
    type: str
    error: bool
    duration: float
    meta: dict[str, str]
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True)
class TraceAgent:
    """A running test agent."""

    url: str

    def spans(self) -> list[Span]:
        """Every span that has arrived so far."""
        traces = httpx.get(f"{self.url}/test/traces", timeout=30).raise_for_status().json()
        return [_span(one) for trace in traces for one in trace]

    def failures(self) -> str:
        """What its checks found wrong, as text; empty where nothing was."""
        answer = httpx.get(f"{self.url}/test/trace_check/failures", params={"return_all": "true"}, timeout=30)
        return "" if answer.is_success else answer.text

    def summary(self) -> dict[str, dict[str, int]]:
        """By check: how often it passed, failed and was skipped."""
        answer = httpx.get(f"{self.url}/test/trace_check/summary", params={"return_all": "true"}, timeout=30)
        found: dict[str, dict[str, int]] = answer.raise_for_status().json()
        return found


@contextmanager
def trace_agent(folder: Path) -> Iterator[TraceAgent]:
    """A test agent that keeps what it is sent in memory. Raises ServerError."""
    if not PROGRAM.exists():
        raise process.ServerError(f"{PROGRAM} is not there: `make test` and `make demo` set it up")
    port, otlp_http, otlp_grpc = process.free_ports(3)
    log = folder / "trace-agent.log"
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "OTLP_HTTP_PORT": str(otlp_http),
        "OTLP_GRPC_PORT": str(otlp_grpc),
        "ENABLED_CHECKS": ",".join(CHECKS),
        "DD_POOL_TRACE_CHECK_FAILURES": "true",
        "LOG_LEVEL": "WARNING",
        "SNAPSHOT_DIR": str(folder),
    }
    with process.started([PROGRAM], log, env=environment, cwd=folder) as running:
        url = f"http://{process.HERE}:{port}"
        process.wait(running, log, lambda: process.is_ready(f"{url}/info"))
        yield TraceAgent(url)


def _span(raw: dict[str, Any]) -> Span:
    return Span(
        trace_id=raw["trace_id"],
        span_id=raw["span_id"],
        parent_id=raw.get("parent_id") or None,
        name=raw["name"],
        service=raw.get("service") or "",
        resource=raw.get("resource") or "",
        type=raw.get("type") or "",
        error=bool(raw.get("error")),
        duration=raw["duration"] / 1e9,
        meta=raw.get("meta") or {},
        metrics=raw.get("metrics") or {},
    )

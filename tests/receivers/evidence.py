"""What the receivers have after the traffic, kept in a file so that several test processes need only one run."""

from __future__ import annotations

import pickle
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.receivers.traffic import Done, drive
from tools.demo.system import System
from tools.receivers.dogstatsd import Sample
from tools.receivers.sentry import Item
from tools.servers.prometheus import query
from tools.servers.trace_agent import Span

SETTLE = 4.0
"""Seconds until everything has been sent, and scraped twice."""
PROCESSES = ("api", "worker", "beat")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything that was received."""

    done: Done
    samples: list[Sample]
    not_dogstatsd: list[str]
    """Datagrams that are no DogStatsD."""
    clients: Counter[str]
    """What DogStatsD's clients say of themselves."""
    spans: list[Span]
    trace_failures: str
    trace_checks: dict[str, dict[str, int]]
    items: list[Item]
    not_envelopes: list[str]
    targets: list[dict[str, Any]]
    series: list[dict[str, Any]]
    """Prometheus's, with their last values."""
    types: dict[str, str]
    """By Prometheus's name of a metric: its type."""
    logs: dict[str, str]


def collect(system: System) -> Evidence:
    """Drive the app, and take down what has arrived."""
    done = drive(system)
    time.sleep(SETTLE)
    receivers, prometheus = system.receivers, system.prometheus
    metadata = httpx.get(f"{prometheus}/api/v1/metadata").raise_for_status().json()["data"]
    return Evidence(
        done=done,
        samples=receivers.metrics.samples(),
        not_dogstatsd=receivers.metrics.wrong,
        clients=receivers.metrics.about_itself(),
        spans=receivers.traces.spans(),
        trace_failures=receivers.traces.failures(),
        trace_checks=receivers.traces.summary(),
        items=receivers.errors.items,
        not_envelopes=receivers.errors.wrong,
        targets=httpx.get(f"{prometheus}/api/v1/targets").raise_for_status().json()["data"]["activeTargets"],
        series=query(prometheus, '{job=~"genonaut-.*"}'),
        types={name: entries[0]["type"] for name, entries in metadata.items()},
        logs={name: system.log(name) for name in PROCESSES},
    )


def save(evidence: Evidence, path: Path) -> None:
    """Keep it."""
    path.write_bytes(pickle.dumps(evidence))


def load(path: Path) -> Evidence:
    """Read what `save` kept."""
    found: Evidence = pickle.loads(path.read_bytes())  # noqa: S301 -- our own file
    return found

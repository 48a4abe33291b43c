"""What the receivers have after the traffic, kept in a file so that several test processes need only one run."""

from __future__ import annotations

import pickle
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from contract.telemetry.model import MetricType
from tests.receivers.nobody import gone, stuck
from tests.receivers.traffic import Done, drive
from tools.demo import application
from tools.demo.system import System
from tools.receivers.dogstatsd import Sample
from tools.receivers.sentry import Item
from tools.servers.prometheus import JOB, query
from tools.servers.trace_agent import Span

SETTLE = 4.0
"""Seconds until everything has been sent, and scraped twice."""
REQUESTS = 200
"""Requests of each of the processes whose latencies are compared."""
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
    rules: list[dict[str, Any]]
    """The rules that Prometheus evaluates, with how that went."""
    recorded: dict[str, float]
    """By the name of a recording rule: its last value."""
    types: dict[str, str]
    """By Prometheus's name of a metric: its type."""
    logs: dict[str, str]
    latencies: dict[str, list[float]]
    """Seconds that requests took: with all receivers, with none, and with such as never answer."""


def collect(system: System) -> Evidence:
    """Drive the app, and take down what has arrived."""
    done = drive(system)
    receivers, prometheus = system.receivers, system.prometheus
    # Beat may be at work just then: both sides are read while nothing is counted.
    counted = -1.0
    while counted != (counted := _counted(receivers.metrics.samples())):
        time.sleep(SETTLE)
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
        series=query(prometheus, f'{{job="{JOB}"}}'),
        rules=_rules(prometheus),
        recorded={
            one["metric"]["__name__"]: float(one["value"][1])
            for one in query(prometheus, '{__name__=~"genonaut:.*", feature=""}')
        },
        types={name: entries[0]["type"] for name, entries in metadata.items()},
        logs={name: system.log(name) for name in PROCESSES},
        latencies=_latencies(system),
    )


def _counted(samples: list[Sample]) -> float:
    return sum(sample.total for sample in samples if sample.type is not MetricType.GAUGE)


def _rules(prometheus: str) -> list[dict[str, Any]]:
    groups = httpx.get(f"{prometheus}/api/v1/rules").raise_for_status().json()["data"]["groups"]
    return [rule for group in groups for rule in group["rules"]]


def _latencies(system: System) -> dict[str, list[float]]:
    with stuck(system.folder) as unhelpful:
        return {
            "all": _latency(system, "api-all", system.receivers.environment),
            "none": _latency(system, "api-none", gone(system.folder)),
            "stuck": _latency(system, "api-stuck", unhelpful),
        }


def _latency(system: System, name: str, receivers: dict[str, str]) -> list[float]:
    """How long the same requests take in a process of their own. Each must succeed."""
    env = application.environment(system.backends.environment, receivers, application.API)
    with application.api(system.folder / f"{name}.log", env) as url, httpx.Client(base_url=url, timeout=10) as client:
        return [answer.elapsed.total_seconds() for answer in _answers(client)]


def _answers(client: httpx.Client) -> Iterator[httpx.Response]:
    for number in range(REQUESTS):
        path = "/api/v1/content/unified" if number % 2 else f"/api/v1/content/{1 + number}"
        yield client.get(path).raise_for_status()


def save(evidence: Evidence, path: Path) -> None:
    """Keep it."""
    path.write_bytes(pickle.dumps(evidence))


def load(path: Path) -> Evidence:
    """Read what `save` kept."""
    found: Evidence = pickle.loads(path.read_bytes())  # noqa: S301 -- our own file
    return found

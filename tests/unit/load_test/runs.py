"""Runs that never ran, for tests of what is made of runs."""

from __future__ import annotations

import random

from load_test.results import Endpoint, Run, latency

ENDPOINTS = {"unified": 0.040, "content": 0.030, "search": 0.120, "recommendations": 0.060, "users": 0.015}
"""Typical seconds of each endpoint."""


def run(
    seed: int, *, slower: dict[str, float] | None = None, failing: dict[str, float] | None = None, requests: int = 1500,
    noise: float = 0.03, users: int = 8, build: str = "one",
) -> Run:  # fmt: skip
    """One run: log-normal durations around the typical ones, all of them shifted together by the machine's mood."""
    chance = random.Random(seed)  # noqa: S311 (a simulation)
    endpoints = {}
    for name, typical in ENDPOINTS.items():
        mood = chance.gauss(0, noise)
        factor = (slower or {}).get(name, 1.0)
        durations = [typical * factor * 2.718 ** (mood + chance.gauss(0, 0.4)) for _ in range(requests)]
        failures = sum(chance.random() < (failing or {}).get(name, 0.001) for _ in range(requests))
        endpoints[name] = Endpoint(requests=requests, failures=failures, latency=latency(durations))
    return Run(build=build, scenario="mixed", users=users, seconds=60, endpoints=endpoints)

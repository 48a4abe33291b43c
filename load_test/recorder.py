"""What is remembered of a run while it runs."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from time import monotonic

from load_test.results import Endpoint, Run, latency


class Recorder:
    """Counts requests from `begin` on, so that what is slow only while people arrive says nothing."""

    def __init__(self, *, build: str, scenario: str, clock: Callable[[], float] = monotonic) -> None:
        self._build = build
        self._scenario = scenario
        self._clock = clock
        # Eight bytes a request: an hour at 200 requests a second is 6 MB, and quantiles are exact.
        self._durations: defaultdict[str, array[float]] = defaultdict(lambda: array("d"))
        self._failures: Counter[str] = Counter()
        self._begun: float | None = None
        self._last = 0.0

    def begin(self) -> None:
        """All people are there, and the caches are warm."""
        self._begun = self._clock()

    def add(self, endpoint: str, seconds: float, *, failed: bool) -> None:
        """One request has ended."""
        if self._begun is None:
            return
        self._durations[endpoint].append(max(seconds, 1e-6))
        self._failures[endpoint] += failed
        self._last = self._clock()

    def run(self, users: int) -> Run | None:
        """The run so far; None when no request counted."""
        if self._begun is None or not self._durations or self._last <= self._begun:
            return None
        return Run(
            build=self._build,
            scenario=self._scenario,
            users=users,
            seconds=self._last - self._begun,
            endpoints={
                name: Endpoint(requests=len(values), failures=self._failures[name], latency=latency(values))
                for name, values in sorted(self._durations.items())
            },
        )

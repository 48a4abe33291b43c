"""What locust tells while it runs: kept for the file of results, and sent to the agent as metrics.

One process of locust: a second would have a recorder of its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gevent
from datadog.dogstatsd.base import DogStatsd
from locust import events
from locust.env import Environment

from load_test import results
from load_test.compare import Finding, Verdict, compare, regressed
from load_test.recorder import Recorder
from load_test.reference import Baseline
from load_test.text import comparison

USERS_EVERY = 10.0
"""Seconds between two reports of how many people are at work."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the environment says about a run."""

    build: str
    scenario: str
    warm_up: float
    """Seconds after the last person has come until requests count."""
    results: Path | None
    """The file to keep the run in; None to print it only."""
    baseline: Path | None
    """What to compare with; None for no verdict."""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Options:
        """LOAD_SCENARIO, LOAD_WARM_UP, LOAD_RESULTS, LOAD_BASELINE, and the build from LOAD_BUILD."""

        def file(name: str) -> Path | None:
            return Path(environment[name]) if environment.get(name) else None

        return cls(
            build=environment.get("LOAD_BUILD") or "unknown",
            scenario=environment.get("LOAD_SCENARIO") or "mixed",
            warm_up=float(environment.get("LOAD_WARM_UP") or 5),
            results=file("LOAD_RESULTS"),
            baseline=file("LOAD_BASELINE"),
        )


def register() -> None:
    """Listen to locust; call it once, in the locustfile."""
    Hooks(Options.of(os.environ), DogStatsd(disable_telemetry=True)).register()


class Hooks:
    """The listeners of one run."""

    def __init__(self, options: Options, statsd: DogStatsd) -> None:
        self._options = options
        self._statsd = statsd
        self._recorder = Recorder(build=options.build, scenario=options.scenario)
        self._users = 0

    def register(self) -> None:
        """Have locust call."""
        events.init.add_listener(self._on_init)
        events.spawning_complete.add_listener(self._on_spawning_complete)
        events.request.add_listener(self._on_request)
        events.quitting.add_listener(self._on_quitting)

    def _on_init(self, environment: Environment, **_: Any) -> None:
        gevent.spawn(self._report_users, environment)

    def _report_users(self, environment: Environment) -> None:
        while True:
            if environment.runner and environment.runner.user_count:
                self._send_users(environment.runner.user_count)
            gevent.sleep(USERS_EVERY)

    def _send_users(self, users: int) -> None:
        self._statsd.gauge("genonaut.load_test.users", users, tags=self._tags())

    def _on_spawning_complete(self, user_count: int, **_: Any) -> None:
        self._users = user_count
        self._send_users(user_count)
        gevent.spawn_later(self._options.warm_up, self._recorder.begin)

    def _on_request(self, name: str, response_time: float, exception: Exception | None, **_: Any) -> None:
        seconds = response_time / 1000
        tags = self._tags(name)
        self._recorder.add(name, seconds, failed=exception is not None)
        self._statsd.distribution("genonaut.load_test.response.duration", seconds, tags=tags)
        self._statsd.increment("genonaut.load_test.requests", tags=tags)
        if exception is not None:
            self._statsd.increment("genonaut.load_test.failures", tags=tags)

    def _on_quitting(self, environment: Environment, **_: Any) -> None:
        run = self._recorder.run(self._users)
        if run is None:
            print("Nothing to report: no request ended after the warm-up. Run longer.")
            environment.process_exit_code = 2
            return
        print(run.model_dump_json())
        if self._options.results:
            results.write(run, self._options.results)
        # Failed requests are in the results; the exit code is the verdict, and without a baseline there is none.
        environment.process_exit_code = 0
        if self._options.baseline:
            environment.process_exit_code = self._judge(run, self._options.baseline)
        self._statsd.flush()

    def _judge(self, run: results.Run, file: Path) -> int:
        try:
            findings = compare(results.read(Baseline, file), run)
        except results.ResultsError as error:
            print(error)
            return 2
        print(comparison(findings))
        for finding in findings:
            self._send(finding)
        return int(regressed(findings))

    def _send(self, finding: Finding) -> None:
        if finding.what == "p95" and finding.verdict in {Verdict.PASS, Verdict.FASTER, Verdict.REGRESSION}:
            self._statsd.gauge("genonaut.load_test.regression", finding.change * 100, tags=self._tags(finding.endpoint))

    def _tags(self, endpoint: str | None = None) -> list[str]:
        tags = [f"scenario:{self._options.scenario}"]
        return tags if endpoint is None else [*tags, f"endpoint:{endpoint}"]

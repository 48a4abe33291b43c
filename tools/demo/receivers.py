"""Everything that listens to the app: the trace agent, DogStatsD, Sentry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.receivers.sentry import Project, sentry
from tools.receivers.statsd_listener import Received, listening
from tools.servers.trace_agent import TraceAgent, trace_agent


@dataclass(frozen=True, slots=True)
class Receivers:
    """The running receivers."""

    traces: TraceAgent
    metrics: Received
    errors: Project

    @property
    def environment(self) -> dict[str, str]:
        """What makes the app send to them."""
        return {
            "DD_TRACE_AGENT_URL": self.traces.url,
            "DD_DOGSTATSD_URL": f"unix://{self.metrics.path}",
            "SENTRY_DSN": self.errors.dsn,
        }


@contextmanager
def receivers(folder: Path) -> Iterator[Receivers]:
    """Run them. Raises ServerError."""
    with ExitStack() as ending:
        yield Receivers(
            traces=ending.enter_context(trace_agent(folder)),
            metrics=ending.enter_context(listening(folder / "dsd.socket")),
            errors=ending.enter_context(sentry()),
        )

"""All checks at the same time, each with its time-out; one answer serves everybody who asks within a few seconds."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, unique
from time import monotonic, perf_counter
from typing import Any

import anyio
from anyio import CapacityLimiter

from genonaut_telemetry import metrics
from genonaut_telemetry.guard import drop
from genonaut_telemetry.health.checks import Check, TooSlowError


@unique
class Status(StrEnum):
    """The words of the draft (https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06)."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one check found."""

    check: Check
    status: Status
    seconds: float
    output: str | None
    """One of a few words, for people outside too: never what was raised."""
    time: datetime


class Report:
    """Runs the checks of one application."""

    def __init__(self, checks: Iterable[Check], *, cached_seconds: float) -> None:
        self._checks = tuple(checks)
        self._cached_seconds = cached_seconds
        self._results: tuple[Result, ...] = ()
        self._until = float("-inf")
        self._running: asyncio.Task[tuple[Result, ...]] | None = None
        self._limiters: dict[str, CapacityLimiter] = {}

    async def results(self) -> tuple[Result, ...]:
        """The results, at most a few seconds old. Whoever comes while the checks run waits for the same run."""
        if monotonic() < self._until:
            return self._results
        if self._running is None or self._running.done():
            # A task of its own: who asked first may go away before the others have their answer.
            self._running = asyncio.get_running_loop().create_task(self._all())
        return await asyncio.shield(self._running)

    async def _all(self) -> tuple[Result, ...]:
        self._results = tuple(await asyncio.gather(*(self._one(check) for check in self._checks)))
        self._until = monotonic() + self._cached_seconds
        return self._results

    async def _one(self, check: Check) -> Result:
        began = perf_counter()
        output: str | None = None
        try:
            with anyio.fail_after(check.timeout):
                await self._run(check)
        except TimeoutError:
            output = "timeout"
        except TooSlowError:
            output = "too slow"
        except Exception as error:  # noqa: BLE001 - whatever it is, the check failed
            output = "failed"
            drop(f"health check failed: {check.name}", type(error).__name__)
        took = perf_counter() - began
        metrics.health_status(0 if output else 1, check=check.name)
        metrics.health_duration(took, check=check.name)
        status = Status.PASS if output is None else Status.FAIL if check.critical else Status.WARN
        return Result(check=check, status=status, seconds=took, output=output, time=datetime.now(UTC))

    async def _run(self, check: Check) -> None:
        if inspect.iscoroutinefunction(check.run):
            await check.run()
            return
        # One thread for each check, not the application's: one that hangs holds up nothing but itself.
        limiter = self._limiters.setdefault(check.name, CapacityLimiter(1))
        result: Any = await anyio.to_thread.run_sync(check.run, abandon_on_cancel=True, limiter=limiter)
        if inspect.isawaitable(result):
            await result


def overall(results: Iterable[Result]) -> Status:
    """Fail where a critical check failed, warn where another did."""
    found = {result.status for result in results}
    return Status.FAIL if Status.FAIL in found else Status.WARN if Status.WARN in found else Status.PASS

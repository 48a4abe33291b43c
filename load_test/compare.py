"""Is this build slower, or does it fail more often, than the one of the baseline?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from statistics import NormalDist

from load_test.reference import Baseline, EndpointReference
from load_test.results import QUANTILES, Endpoint, ResultsError, Run

BEYOND_QUANTILE = 10
"""So many requests must be slower than a quantile for it to be one: the 99th percentile needs 1,000 requests."""
FALSE_ALARMS = 0.01
"""How often the same build may be said to fail more often, in any of its endpoints."""
SMALLEST_RISE = 0.005
"""A failure rate that rose by less, half a request in a hundred, is no regression."""


@unique
class Verdict(StrEnum):
    """What a comparison came to."""

    PASS = "pass"  # noqa: S105 (not a password)
    FASTER = "faster"
    REGRESSION = "regression"
    TOO_FEW = "too few requests"
    MISSING = "not reached"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One number of one endpoint, before and after."""

    endpoint: str
    what: str
    """p50, p95, p99 in seconds, or failures as a share of requests."""
    before: float
    after: float | None
    allowed: float
    """The highest value that is no regression."""
    verdict: Verdict

    @property
    def change(self) -> float:
        """How much more than before, as a share: 0.1 is a tenth; 0 where there is nothing to compare."""
        return self.after / self.before - 1 if self.after is not None and self.before else 0.0


def compare(baseline: Baseline, run: Run) -> list[Finding]:
    """Every number of the baseline against the run's; raises ResultsError where the load was another."""
    other = [
        f"{what} was {getattr(run, what)}, and {getattr(baseline, what)} in the baseline"
        for what in ("scenario", "users")
        if getattr(run, what) != getattr(baseline, what)
    ]
    if other:
        raise ResultsError("\n".join(f"cannot be compared: {one}" for one in other))
    return [
        finding
        for name, reference in baseline.endpoints.items()
        for finding in _endpoint(name, reference, run.endpoints.get(name), len(baseline.endpoints))
    ]


def regressed(findings: list[Finding]) -> bool:
    """Whether the build must not go on as it is. An endpoint that was not reached at all counts."""
    return any(finding.verdict in {Verdict.REGRESSION, Verdict.MISSING} for finding in findings)


def _endpoint(name: str, before: EndpointReference, after: Endpoint | None, endpoints: int) -> Iterator[Finding]:
    for quantile, reference in before.latency.items():
        seconds = getattr(after.latency, quantile) if after else None
        yield Finding(
            endpoint=name,
            what=quantile,
            before=reference.seconds,
            after=seconds,
            allowed=reference.seconds * (1 + reference.band),
            verdict=_slower(reference.seconds, reference.band, seconds, after.requests if after else 0, quantile),
        )
    yield _failures(name, before, after, endpoints)


def _slower(before: float, band: float, after: float | None, requests: int, quantile: str) -> Verdict:
    if after is None:
        return Verdict.MISSING
    if requests * (1 - QUANTILES[quantile]) < BEYOND_QUANTILE - 1e-9:
        return Verdict.TOO_FEW
    if after > before * (1 + band):
        return Verdict.REGRESSION
    return Verdict.FASTER if after < before / (1 + band) else Verdict.PASS


def _failures(name: str, before: EndpointReference, after: Endpoint | None, endpoints: int) -> Finding:
    z = NormalDist().inv_cdf(1 - FALSE_ALARMS / endpoints)
    rate = before.failures / before.requests
    allowed = max(_wilson(before.failures, before.requests, z)[1], rate + SMALLEST_RISE)
    now = after.failures / after.requests if after else None
    if after is None:
        verdict = Verdict.MISSING
    else:
        surely = _wilson(after.failures, after.requests, z)[0]
        verdict = Verdict.REGRESSION if surely > allowed else Verdict.PASS
    return Finding(endpoint=name, what="failures", before=rate, after=now, allowed=allowed, verdict=verdict)


def _wilson(failures: int, requests: int, z: float) -> tuple[float, float]:
    """The interval a true rate lies in (Wilson 1927, eq. 3): it holds for rates near zero, too."""
    share = failures / requests
    centre = share + z * z / (2 * requests)
    half = z * math.sqrt(share * (1 - share) / requests + z * z / (4 * requests * requests))
    scale = 1 + z * z / requests
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)

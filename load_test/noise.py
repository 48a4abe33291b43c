"""What is normal, and how far runs of one build lie apart: the noise that no verdict may rest on.

Durations are compared as logarithms, because noise is a share of them rather than a number of milliseconds. The band is
a prediction interval for one more run of the same build (Hahn and Meeker, Statistical Intervals, section 4.3):
`t * s * sqrt(1 + 1/k)` for k runs with the standard deviation s. As many intervals are looked at as there are
endpoints and quantiles, so the error is divided among them (Bonferroni). A handful of runs says little about the
deviation of one endpoint, so that of all endpoints together is used, unless the endpoint's own is larger.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, variance

from scipy import stats

from load_test.reference import Baseline, EndpointReference, Reference
from load_test.results import QUANTILES, ResultsError, Run

FEWEST_RUNS = 3
FALSE_ALARMS = 0.01
"""How often a run of the same build may be called slower, in any of its endpoints."""
SMALLEST_BAND = 0.05
"""A difference of less than this share is nobody's concern, however quiet the machine."""


def baseline(runs: Sequence[Run]) -> Baseline:
    """The baseline of runs of one build under one load; raises ResultsError when they are none."""
    if problems := _unlike(runs):
        raise ResultsError("\n".join(problems))
    first = runs[0]
    logarithms = {
        (endpoint, quantile): [math.log(getattr(run.endpoints[endpoint].latency, quantile)) for run in runs]
        for endpoint in first.endpoints
        for quantile in QUANTILES
    }
    bands = _bands(logarithms, len(runs))
    return Baseline(
        build=first.build,
        scenario=first.scenario,
        users=first.users,
        runs=len(runs),
        endpoints={
            name: EndpointReference(
                requests=sum(run.endpoints[name].requests for run in runs),
                failures=sum(run.endpoints[name].failures for run in runs),
                latency={
                    quantile: Reference(seconds=math.exp(fmean(logarithms[name, quantile])), band=bands[name, quantile])
                    for quantile in QUANTILES
                },
            )
            for name in first.endpoints
        },
    )


def _bands(logarithms: Mapping[tuple[str, str], Sequence[float]], runs: int) -> dict[tuple[str, str], float]:
    own = {key: variance(values) for key, values in logarithms.items()}
    bands = {}
    for endpoint, quantile in logarithms:
        pooled = fmean(own[other] for other in own if other[1] == quantile)
        freedom = (runs - 1) * sum(1 for other in own if other[1] == quantile)
        t = float(stats.t.ppf(1 - FALSE_ALARMS / len(logarithms), freedom))
        deviation = math.sqrt(max(pooled, own[endpoint, quantile]))
        bands[endpoint, quantile] = max(SMALLEST_BAND, math.expm1(t * deviation * math.sqrt(1 + 1 / runs)))
    return bands


def _unlike(runs: Sequence[Run]) -> list[str]:
    """Why these runs cannot be taken together."""
    if len(runs) < FEWEST_RUNS:
        return [f"{len(runs)} runs say nothing about noise: at least {FEWEST_RUNS} of the same build"]
    problems = []
    for what in ("build", "scenario", "users"):
        values = sorted({str(getattr(run, what)) for run in runs})
        if len(values) > 1:
            problems.append(f"the runs are not alike: {what} is {', '.join(values)}")
    everywhere = set.intersection(*(set(run.endpoints) for run in runs))
    if partly := sorted(set().union(*(run.endpoints for run in runs)) - everywhere):
        problems.append(f"not in every run: {', '.join(partly)}; longer runs reach every endpoint")
    return problems

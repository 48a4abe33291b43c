"""How much the system can carry: throughput over load, fitted, and where the objectives break.

The Universal Scalability Law (Gunther, Guerrilla Capacity Planning, 2007, chapter 4): with N people at work,
`X(N) = a N / (1 + s (N - 1) + k N (N - 1))`. `a` is what one of them gets, `s` what must wait in one line (contention),
`k` what all must agree on with all (coherency). Throughput is highest at `sqrt((1 - s) / k)`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit

from load_test.results import ResultsError, Run
from load_test.shapes import Break, Capacity, Objective, Scalability, law

FEWEST_LOADS = 5
"""Three numbers are fitted; with fewer loads the fit says more about chance."""


def capacity(runs: Sequence[Run], objectives: Sequence[Objective]) -> Capacity:
    """The capacity that runs of one build and scenario with different numbers of users show; raises ResultsError."""
    ordered = sorted(runs, key=lambda run: run.users)
    if problems := _unlike(ordered):
        raise ResultsError("\n".join(problems))
    fitted = fit([(run.users, run.throughput) for run in ordered])
    return Capacity(runs=tuple(ordered), law=fitted, breaks=tuple(_break(one, ordered, fitted) for one in objectives))


def fit(points: Sequence[tuple[float, float]]) -> Scalability:
    """The law through pairs of users and requests per second, by least squares."""
    users = np.array([point[0] for point in points], dtype=float)
    measured = np.array([point[1] for point in points], dtype=float)
    each = float(measured[0] / users[0])
    # The distance is measured as a share of throughput: else the large loads alone would decide.
    (alone, contention, coherency), _ = curve_fit(
        _law,
        users,
        measured,
        p0=(each, 0.01, 1e-4),
        sigma=measured,
        bounds=((0, 0, 0), (np.inf, 1, 1)),
        max_nfev=20_000,
    )
    left = float(np.sum((measured - _law(users, alone, contention, coherency)) ** 2))
    whole = float(np.sum((measured - measured.mean()) ** 2))
    return Scalability(
        alone=float(alone),
        contention=float(contention),
        coherency=float(coherency),
        explained=1 - left / whole if whole else 1.0,
    )


def _law(users: NDArray[np.float64], alone: float, contention: float, coherency: float) -> NDArray[np.float64]:
    return np.array([law(one, alone, contention, coherency) for one in users])


def _break(objective: Objective, runs: Sequence[Run], fitted: Scalability) -> Break:
    before: tuple[float, float] | None = None
    for run in runs:
        value = objective.measure(run)
        if value > objective.limit:
            users = float(run.users) if before is None else _between(before, (run.users, value), objective.limit)
            return Break(objective=objective.name, users=users, throughput=fitted.throughput(users))
        before = (run.users, value)
    return Break(objective=objective.name, users=None, throughput=None)


def _between(low: tuple[float, float], high: tuple[float, float], limit: float) -> float:
    """Where the line through two measurements meets the limit."""
    return low[0] + (high[0] - low[0]) * (limit - low[1]) / (high[1] - low[1])


def _unlike(runs: Sequence[Run]) -> list[str]:
    problems = [
        f"the runs are not alike: {what} is {', '.join(values)}"
        for what in ("build", "scenario")
        if len(values := sorted({str(getattr(run, what)) for run in runs})) > 1
    ]
    if (loads := len({run.users for run in runs})) < FEWEST_LOADS:
        problems.append(f"{loads} different numbers of users are too few to fit: at least {FEWEST_LOADS}")
    if idle := sorted(run.users for run in runs if run.throughput == 0):
        problems.append(f"nothing was answered with {', '.join(map(str, idle))} users")
    return problems

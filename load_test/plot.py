"""The capacity as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from load_test.shapes import Capacity, Objective


def draw(found: Capacity, objectives: list[Objective], file: Path) -> None:
    """Throughput over load with the fitted law, and beside it every objective's measure as a share of its limit."""
    figure = Figure(figsize=(11, 4.2), layout="constrained")
    throughput, limits = figure.subplots(1, 2)
    users = [run.users for run in found.runs]
    fine = np.linspace(0, max(users) * 1.1, 200)
    throughput.plot(fine, [found.law.throughput(n) for n in fine], color="#0072b2", label="fitted law")
    throughput.plot(users, [run.throughput for run in found.runs], "o", color="#d55e00", label="measured")
    throughput.set(title="Throughput", xlabel="users", ylabel="requests per second", ylim=(0, None))
    if found.law.peak is not None and found.law.peak <= fine[-1]:
        throughput.axvline(found.law.peak, color="0.5", linestyle=":", label="highest")
    for objective in objectives:
        limits.plot(users, [objective.measure(run) / objective.limit for run in found.runs], "o-", label=objective.name)
    limits.axhline(1, color="0.2", linestyle="--", label="limit")
    limits.set(title="Objectives", xlabel="users", ylabel="share of the limit", ylim=(0, None))
    for axes in (throughput, limits):
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(file, dpi=110, metadata={"Software": None})

"""Made-up counters for promtool, and what they amount to.

One sample every five minutes; each day has its own pace.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STEP = 5
PER_DAY = 24 * 60 // STEP


@dataclass(frozen=True, kw_only=True)
class Counter:
    """One series of one pod. `paces` are increments per sample, each for so many samples; None where none is read."""

    name: str
    paces: Sequence[tuple[float | None, int]]
    labels: Mapping[str, str] = field(default_factory=dict)
    start: float = 0

    def line(self, env: str) -> dict[str, str]:
        value, parts = self.start, []
        for pace, count in self.paces:
            if pace is None:
                parts.append(f"_x{count - 1}")
                continue
            # `a+bxn` has n + 1 samples.
            parts.append(f"{value:.9f}+{pace:.9f}x{count - 1}")
            value += pace * count
        labels = {"env": env, "job": "genonaut", "pod": "a", **self.labels}
        text = ",".join(f'{key}="{one}"' for key, one in labels.items())
        return {"series": f"{self.name}{{{text}}}", "values": " ".join(parts)}


def days(*totals: float | None) -> list[tuple[float | None, int]]:
    """So many in each day, evenly."""
    return [(None if total is None else total / PER_DAY, PER_DAY) for total in totals]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is read, and which of these alerts are on at a time."""

    name: str
    counters: Sequence[Counter]
    minutes: int
    firing: Mapping[str, bool]


def write_test(scenarios: Sequence[Scenario], rules: Path, env: str, path: Path, *, minutes: int) -> Path:
    """For promtool, which evaluates the rules every so many minutes."""
    tests: list[dict[str, Any]] = [
        {
            "name": scenario.name,
            "interval": f"{STEP}m",
            "input_series": [counter.line(env) for counter in scenario.counters],
            "promql_expr_test": [
                {
                    "expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}}) or vector(0)',
                    "eval_time": f"{scenario.minutes}m",
                    "exp_samples": [{"labels": "{}", "value": int(on)}],
                }
                for alert, on in scenario.firing.items()
            ],
        }
        for scenario in scenarios
    ]
    path.write_text(json.dumps({"rule_files": [str(rules)], "evaluation_interval": f"{minutes}m", "tests": tests}))
    return path

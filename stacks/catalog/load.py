"""How much load is put on an environment, and when."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from infra.naming import Environment

BASELINES = Path(__file__).with_name("baselines")


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadPlan:
    """One run of the load test."""

    scenario: str = "mixed"
    users: int = 40
    minutes: int = 15
    schedule: str = "0 3 * * 1-5"
    """Crontab, in UTC: after the day's deployments, before anybody tests by hand."""


def baseline(environment: Environment) -> str | None:
    """What runs in this environment are compared with: the text of `baselines/<environment>.json`, if it is there."""
    file = BASELINES / f"{environment}.json"
    return file.read_text(encoding="utf-8") if file.is_file() else None

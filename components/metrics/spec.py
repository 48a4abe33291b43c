"""Distributions of our own, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract.telemetry import Metric


@dataclass(frozen=True, kw_only=True, slots=True)
class DistributionsSpec:
    """The distributions that our own code sends."""

    arriving: tuple[Metric, ...]
    """Those that have come to Datadog already, so that their percentiles can be switched on."""
    expected: tuple[Metric, ...]
    """Those that have not."""
    readers: Mapping[str, tuple[str, ...]]
    """Metric -> keys of the alerts and objectives that read its percentiles, or count its values within a range."""

"""Thresholds with their way back: an alert ends a little on the good side of where it began."""

from __future__ import annotations

from components.monitors.condition import Thresholds

EASING = 0.1
"""How far back, as a share of the threshold: enough that a value which sways around it rings once. Our own choice."""
_DIGITS = 6


def above(critical: float, warning: float | None = None) -> Thresholds:
    """For alerts that begin when the value is above; it may not be negative."""
    return _with_recovery(critical, warning, 1 - EASING)


def below(critical: float, warning: float | None = None) -> Thresholds:
    """For alerts that begin when the value is below; it may not be negative."""
    return _with_recovery(critical, warning, 1 + EASING)


def drop(percent: float) -> Thresholds:
    """For a change in percent that is too far below zero; the percentage is given without its sign."""
    return _with_recovery(-percent, None, 1 - EASING)


def _with_recovery(critical: float, warning: float | None, factor: float) -> Thresholds:
    return Thresholds(
        critical=critical,
        critical_recovery=round(critical * factor, _DIGITS),
        warning=warning,
        warning_recovery=None if warning is None else round(warning * factor, _DIGITS),
    )

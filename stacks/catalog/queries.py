"""The queries that alerts, objectives and dashboards share."""

from __future__ import annotations

from contract.query.text import number_text


def hits(operation: str, scope: str) -> str:
    """Requests, or jobs, in a scope."""
    return f"sum:trace.{operation}.hits{{{scope}}}.as_count()"


def errors(operation: str, scope: str) -> str:
    """Failed requests, or jobs, in a scope."""
    return f"sum:trace.{operation}.errors{{{scope}}}.as_count()"


def count_where(metric: str, scope: str, condition: str) -> str:
    """How many values of a distribution in a scope fulfil a condition such as `>0.5`.

    A threshold query: https://docs.datadoghq.com/metrics/distributions/#threshold-queries
    """
    return f"count(v: v{condition}):{metric}{{{scope}}}.as_count()"


def p95(metric: str, scope: str) -> str:
    """The 95th percentile of a distribution in a scope."""
    return f"p95:{metric}{{{scope}}}"


def enough(count: str, minimum: float) -> str:
    """A guard for ratios, to multiply with: 1 above a minimum of traffic, else 0.

    One failure among three requests at night is no outage:
    https://docs.datadoghq.com/monitors/guide/add-a-minimum-request-threshold-for-error-rate-alerts/
    """
    return f"is_greater({count}, {number_text(minimum)})"


def anomalies(series: str, *, deviations: float, window: str, seasonality: str) -> str:
    """The share of points outside of the expected band, in either direction, as a monitor query up to its comparator.

    The interval is a minute, so that a `window` of a quarter of an hour holds the five points it needs at least; the
    query's own window only sizes the graph: https://docs.datadoghq.com/monitors/types/anomaly/
    """
    return (
        f"avg(last_4h):anomalies({series}, 'agile', {number_text(deviations)}, direction='both', "
        f"alert_window='{window}', interval=60, count_default_zero='true', seasonality='{seasonality}')"
    )


def forecast(series: str, *, ahead: str, history: str) -> str:
    """The highest value that a straight line through the past reaches, as a monitor query up to its comparator.

    https://docs.datadoghq.com/monitors/types/forecasts/
    """
    return f"max({ahead}):forecast({series}, 'linear', 1, interval='60m', history='{history}', model='default')"

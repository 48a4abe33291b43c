"""The queries that alerts, objectives and dashboards share."""

from __future__ import annotations


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

"""What the organisation uses of Datadog: the bill, before it comes.

Datadog counts all environments together, so the stack that owns what they share watches it. The limits follow from the
plan that the bill is made of (stacks/catalog/usage.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from components.monitors.condition import Comparator, MetricCondition
from components.monitors.spec import MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import USAGE_LATE, Watched
from stacks.catalog.thresholds import above
from stacks.catalog.usage import BUSY_DAY, DAYS, HEADROOM

_SERVICE = "datadog"
_METRICS = "datadog.estimated_usage"
_GIGABYTE = 10**9

_AT_ONCE: tuple[tuple[str, str, str, str], ...] = (
    ("hosts", "hosts", "hosts", "min(last_4h):max"),
    ("apm-hosts", "hosts with traces", "apm_hosts", "min(last_4h):max"),
    ("dbm-hosts", "databases with Database Monitoring", "dbm.hosts", "min(last_4h):max"),
    ("containers", "containers", "containers", "min(last_4h):max"),
    ("custom-metrics", "series of metrics of our own", "metrics.custom", "max(last_4h):avg"),
)
"""What is there all month: key of the price, words, metric, how it is read. A rollout's hosts and pods come and go."""


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on usage."""
    plan = watched.planned
    if plan is None:
        return
    for key, what, metric, read in _AT_ONCE:
        if key in plan:
            yield _usage(key, what, f"{read}:{_METRICS}.{metric}{{*}}", plan[key] * HEADROOM)
    busy, steady = BUSY_DAY / DAYS, HEADROOM / DAYS
    for key, what, metric, scope, limit in (
        ("logs", "log events of a day", "logs.ingested_events", "datadog_is_excluded:false", _kept_lines(plan) * busy),
        ("log-bytes", "bytes of logs a day", "logs.ingested_bytes", "*", _of(plan, "logs-ingested") * _GIGABYTE * busy),
        ("spans", "indexed spans a day", "apm.indexed_spans", "*", _of(plan, "spans-indexed") * busy),
        ("rum-sessions", "browser sessions a day", "rum.sessions", "*", _of(plan, "rum-sessions") * busy),
        ("api-tests", "API test runs a day", "synthetics.api_test_runs", "*", _of(plan, "synthetics-api") * steady),
        (
            "browser-tests",
            "browser test runs a day",
            "synthetics.browser_test_runs",
            "*",
            _of(plan, "synthetics-browser") * steady,
        ),
    ):
        if limit:
            yield _usage(key, what, f"sum(last_1d):sum:{_METRICS}.{metric}{{{scope}}}.as_count()", limit)


def _of(plan: Mapping[str, Decimal], key: str) -> Decimal:
    return plan.get(key, Decimal())


def _kept_lines(plan: Mapping[str, Decimal]) -> Decimal:
    return sum((lines for key, lines in plan.items() if key.startswith("logs-") and key.endswith("-days")), Decimal())


def _usage(key: str, what: str, expression: str, limit: Decimal) -> MonitorSpec:
    return MonitorSpec(
        key=f"usage-{key}",
        title=f"[Datadog] More {what} than planned",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="usage",
        condition=MetricCondition(
            expression=expression,
            comparator=Comparator.ABOVE,
            # Not a whole number: the way back from 2.4 databases is above the 2 that are planned, from 2 it is not.
            thresholds=above(float(round(limit, 1))),
            full_window=False,
            evaluation_delay=USAGE_LATE,
        ),
        meaning=f"The organisation uses more {what} than the plan of costs allows for.",
        unit=what,
        silence="Datadog does not say: look at the page Plan and Usage.",
    )

"""What success is, in numbers: each of the strategy's criteria with the query that answers it, or who does.

Not deployed: docs/success-metrics.md has them for people, and the tests prove that every query finds something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infra.naming import Environment
from stacks.catalog import queries
from stacks.catalog.targets import NANOSECONDS, Targets


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Answered by telemetry: a formula over metric queries, to be read over 30 days."""

    formula: str
    queries: Mapping[str, str]
    unit: str | None
    """Datadog's name of the unit of the result; None for a bare number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Documented:
    """Answered outside of telemetry: where the number is, and how it is got from there."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SuccessMetric:
    """One criterion."""

    key: str
    question: str
    target: str
    answer: Measured | Documented


def success_metrics(environment: Environment, targets: Targets) -> Iterator[SuccessMetric]:
    """The strategy's criteria of technical and business success, in its order."""
    env = f"env:{environment}"
    api = f"{env},service:genonaut-api"
    hits, errors = queries.hits("fastapi.request", api), queries.errors("fastapi.request", api)
    yield SuccessMetric(
        key="uptime",
        question="Is Genonaut up?",
        target=f"{targets.availability.percent:g} % of requests in 30 days",
        answer=Measured(
            formula="(hits - errors) / hits * 100", queries={"hits": hits, "errors": errors}, unit="percent"
        ),
    )
    passed, runs = (f"sum:synthetics.test_runs{{{scope}}}.as_count()" for scope in (f"{api},status:success", api))
    yield SuccessMetric(
        key="uptime-outside",
        question="Is it up for somebody outside?",
        target=f"{targets.availability.percent:g} % of probes in 30 days",
        answer=Measured(formula="passed / runs * 100", queries={"passed": passed, "runs": runs}, unit="percent"),
    )
    yield SuccessMetric(
        key="database-queries",
        question="Do we see how fast the database answers?",
        target="there are values, every day",
        answer=Measured(formula="p95", queries={"p95": f"p95:trace.postgres.query{{{env}}}"}, unit="second"),
    )
    yield SuccessMetric(
        key="pagination",
        question="Are pages turned fast enough?",
        target=f"95th percentile below {targets.pagination_seconds:g} s",
        answer=Measured(formula="p95", queries={"p95": queries.p95("pagination.query.duration", api)}, unit="second"),
    )
    yield SuccessMetric(
        key="error-rate",
        question="How much fails?",
        target=f"below {100 - targets.availability.percent:.3g} %, and falling",
        answer=Measured(formula="errors / hits * 100", queries={"hits": hits, "errors": errors}, unit="percent"),
    )
    yield SuccessMetric(
        key="lead-time",
        question="Are regressions seen before people feel them?",
        target="a warning before every page",
        answer=Documented(
            source="Datadog, event explorer, `source:alert`: for each alert of tier critical, the time since the first "
            "alert of tier warning of the same service; without one, the lead time is zero"
        ),
    )
    yield SuccessMetric(
        key="time-to-recovery",
        question="How long until a critical issue is over? (MTTR)",
        target="15 minutes on average",
        answer=Documented(
            source="the pager's analytics, incidents of the service that critical alerts go to: mean of resolved minus "
            "triggered, per month"
        ),
    )
    yield SuccessMetric(
        key="time-between-failures",
        question="How long from one failure to the next? (MTBF)",
        target="30 days",
        answer=Documented(
            source="the same incidents: days of the quarter divided by their number; an incident is one that people "
            "saw, that is, one that cost error budget"
        ),
    )
    yield SuccessMetric(
        key="alert-accuracy",
        question="Was it right to wake somebody?",
        target="90 % of pages led to an action",
        answer=Documented(
            source="the pager's analytics: whoever is on call closes every incident with the note `action` or `noise`; "
            "read in the weekly review, which retires or retunes what was noise twice"
        ),
    )
    slow, views = (
        queries.count_where("rum.measure.view.loading_time", f"{env},service:genonaut-web", condition)
        for condition in (f">{targets.loading_seconds * NANOSECONDS:.0f}", ">=0")
    )
    yield SuccessMetric(
        key="slow-views",
        question="Would people complain about speed?",
        target=f"below {100 - targets.loading.percent:g} % of page views take longer than "
        f"{targets.loading_seconds:g} s: this moves before the tickets do",
        answer=Measured(formula="slow / views * 100", queries={"slow": slow, "views": views}, unit="percent"),
    )
    yield SuccessMetric(
        key="complaints",
        question="Do people complain about speed?",
        target="below 1 % of support tickets",
        answer=Documented(source="the support desk: tickets of the month with the label `performance`, by all tickets"),
    )
    yield SuccessMetric(
        key="changes",
        question="Are changes made with confidence?",
        target="below 15 % of deployments are rolled back",
        answer=Documented(source="the delivery pipeline: roll-backs by deployments, per month"),
    )
    in_use, size = (f"max:genonaut.database.pool.{name}{{{api}}}" for name in ("in_use", "size"))
    yield SuccessMetric(
        key="capacity-connections",
        question="Is there room to grow: database connections?",
        target="below 70 % at the busiest hour",
        answer=Measured(formula="in_use / size * 100", queries={"in_use": in_use, "size": size}, unit="percent"),
    )
    yield SuccessMetric(
        key="capacity-tasks",
        question="Is there room to grow: how long do tasks wait?",
        target="95th percentile below a minute",
        answer=Measured(
            formula="p95",
            queries={"p95": queries.p95("genonaut.tasks.wait", f"{env},service:genonaut-worker")},
            unit="second",
        ),
    )

"""What people do with Genonaut, day by day."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, MetricCondition, Thresholds
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog import queries
from stacks.catalog.alerts.watched import GENONAUT, LATE, Watched
from stacks.catalog.thresholds import above, drop


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts of the daily review."""
    yield _drop(
        watched,
        key="registrations-drop",
        title="[Genonaut] Registrations have dropped",
        metric="genonaut.users.registered",
        thresholds=drop(watched.limits.registrations_drop),
        meaning="Far fewer people registered in the last day than in the day before.",
        silence="Nobody registered, or the API's telemetry does not arrive: try to register.",
    )
    yield _drop(
        watched,
        key="content-drop",
        title="[Genonaut] Less content is created",
        metric="genonaut.content.created",
        thresholds=drop(watched.limits.content_drop),
        meaning="Far less content was created in the last day than in the day before.",
        silence="Nothing was created, or the API's telemetry does not arrive: try to create something.",
    )
    yield _search(watched)


def _drop(
    watched: Watched, *, key: str, title: str, metric: str, thresholds: Thresholds, meaning: str, silence: str
) -> MonitorSpec:
    return MonitorSpec(
        key=key,
        title=title,
        tier=Tier.BUSINESS,
        owner=Team.PRODUCT,
        service=GENONAUT,
        runbook=key,
        condition=MetricCondition(
            expression=f"pct_change(sum(last_1d),last_1d):sum:{metric}{{{watched.everything}}}.as_count()",
            comparator=Comparator.BELOW,
            thresholds=thresholds,
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning=meaning,
        unit="%",
        on_missing_data=MissingData.NOTIFY,
        silence=silence,
    )


def _search(watched: Watched) -> MonitorSpec:
    limits = watched.limits
    failures, searches = (
        f"sum:genonaut.search.{name}{{{watched.everything}}}.as_count()" for name in ("failures", "requests")
    )
    enough = queries.enough(searches, limits.minimum_searches)
    return MonitorSpec(
        key="search-failures",
        title="[Genonaut] Searches fail",
        tier=Tier.BUSINESS,
        owner=Team.PRODUCT,
        service=GENONAUT,
        runbook="search-failures",
        condition=MetricCondition(
            expression=f"sum(last_1d):{failures} / {searches} * 100 * {enough}",
            comparator=Comparator.ABOVE,
            thresholds=above(limits.search_failures),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="Too many of the searches of the last day ended in an error.",
        unit="%",
        on_missing_data=MissingData.DEFAULT,
        silence="No searches are no failures.",
    )

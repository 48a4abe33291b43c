"""PostgreSQL: can one connect, is there room, is the replica close?"""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import CheckCondition, Comparator, MetricCondition
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import AFTERMATH, LATE, Watched
from stacks.catalog.services import ANSWERS_REQUESTS, POSTGRES, Service
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on the database, and on the services' way to it."""
    yield _unreachable(watched)
    for service in watched.services:
        if service.operation == ANSWERS_REQUESTS:
            yield _failures(service, watched)
    yield _connections(watched)
    yield _replication(watched)
    yield _deadlocks(watched)


def _unreachable(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key=POSTGRES.cause,
        title="[PostgreSQL] Nobody can connect",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=POSTGRES.service,
        runbook="postgres-unreachable",
        # Two in a row are half a minute: a single failure is a check that met a restart of the pooler. All instances
        # together, because this alert quietens others, and only ungrouped states can be combined.
        condition=CheckCondition(
            check="postgres.can_connect",
            over=(watched.everything,),
            by=("*",),
            failures=2,
            successes=3,
            aftermath=AFTERMATH,
        ),
        meaning="The agent cannot log in to PostgreSQL. Everything that needs the database fails, quietly from now on.",
        unit="",
        # A cause must never be "no data": what it quietens would stay in its last state.
        on_missing_data=MissingData.DEFAULT,
        silence="Its state then stays as it was; the alert on connections tells that nobody watches the database.",
    )


def _failures(service: Service, watched: Watched) -> MonitorSpec:
    errors = f"sum:genonaut.database.connection.errors{{{watched.scope(service)}}}.as_count()"
    return MonitorSpec(
        key=f"{service.key}-database-failures",
        title=f"[{service.name}] Database connections fail",
        tier=Tier.CRITICAL,
        owner=service.owner,
        service=service.name,
        runbook="database-failures",
        condition=MetricCondition(
            expression=f"sum(last_5m):{errors}",
            comparator=Comparator.AT_LEAST,
            thresholds=above(watched.limits.database_failures),
            full_window=False,
            # By then it is known whether the database is down.
            evaluation_delay=LATE,
        ),
        meaning=f"{service.name} could not get connections to the database, which itself is up.",
        unit="failures in 5 minutes",
        on_missing_data=MissingData.DEFAULT,
        silence="It is only sent when a connection fails.",
        unless=(POSTGRES.cause,),
    )


def _connections(watched: Watched) -> MonitorSpec:
    limits = watched.limits
    return MonitorSpec(
        key="postgres-connections",
        title="[PostgreSQL] Connections are running out",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=POSTGRES.service,
        runbook="postgres-connections",
        condition=MetricCondition(
            # The fullest server counts, and only if it is full for all of 5 minutes.
            expression=f"min(last_5m):max:postgresql.percent_usage_connections{{{watched.everything}}} * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(limits.connections, limits.connections_warning),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="PostgreSQL soon accepts no further connection.",
        unit="% of the allowed connections",
        on_missing_data=MissingData.NOTIFY,
        silence="Nobody watches the database any more: see the agent that runs the Postgres check, then the database.",
    )


def _replication(watched: Watched) -> MonitorSpec:
    limits = watched.limits
    return MonitorSpec(
        key="postgres-replication-lag",
        title="[PostgreSQL] A replica is behind",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=POSTGRES.service,
        runbook="postgres-replication-lag",
        condition=MetricCondition(
            expression=f"min(last_10m):max:postgresql.replication_delay{{{watched.everything}}} by {{host}}",
            comparator=Comparator.ABOVE,
            thresholds=above(limits.replication_lag, limits.replication_lag_warning),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="For 10 minutes, the replica on {{host.name}} has been behind: what is read there is old.",
        unit="s",
        # A database without a replica sends none of this.
        on_missing_data=MissingData.RESOLVE,
        silence="There is no replica, or none any more: if there should be one, see whether it still streams.",
    )


def _deadlocks(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="postgres-deadlocks",
        title="[PostgreSQL] Transactions block each other",
        tier=Tier.WARNING,
        owner=Team.BACKEND,
        service=POSTGRES.service,
        runbook="postgres-deadlocks",
        condition=MetricCondition(
            expression=f"sum(last_15m):sum:postgresql.deadlocks.count{{{watched.everything}}}.as_count()",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.deadlocks),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="PostgreSQL has ended transactions that waited for each other; their requests failed or were repeated.",
        unit="deadlocks in 15 minutes",
        on_missing_data=MissingData.DEFAULT,
        silence="The alert on connections tells that nobody watches the database.",
    )

"""Celery: are there workers, and do they keep up?"""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, MetricCondition, Thresholds
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import GENONAUT, LATE, Watched
from stacks.catalog.services import REDIS
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on the queues and their workers."""
    yield _workers(watched)
    yield _scheduler(watched)
    yield _depth("default", watched.limits.queue_default, watched)
    yield _depth("generation", watched.limits.queue_generation, watched)


def _workers(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="workers-offline",
        title="[Celery] No worker is online",
        tier=Tier.CRITICAL,
        owner=Team.BACKEND,
        service=GENONAUT,
        runbook="workers-offline",
        condition=MetricCondition(
            # max: not one of the last 5 minutes had a worker, so that a rolling update pages nobody.
            expression=f"max(last_5m):sum:celery.flower.worker.online{{{watched.everything}}}",
            comparator=Comparator.BELOW,
            thresholds=Thresholds(critical=1, critical_recovery=1),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="Nothing works off the queues: images are not generated, and jobs pile up.",
        unit="workers",
        on_missing_data=MissingData.NOTIFY,
        silence="Flower or the check that reads it is down: see whether workers still take jobs, then mend Flower.",
        unless=(REDIS.cause,),
        rollout=True,
    )


def _scheduler(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="scheduler-stopped",
        title="[Celery] The scheduler has stopped",
        tier=Tier.WARNING,
        owner=Team.BACKEND,
        service=GENONAUT,
        runbook="scheduler-stopped",
        condition=MetricCondition(
            expression=f"sum(last_15m):sum:genonaut.beat.ticks{{{watched.everything}}}.as_count()",
            comparator=Comparator.BELOW,
            thresholds=Thresholds(critical=1, critical_recovery=1),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="For a quarter of an hour, the scheduler has started nothing: periodic jobs do not run.",
        unit="rounds in 15 minutes",
        # A count without data is zero, which is the alert itself.
        on_missing_data=MissingData.DEFAULT,
        silence="Silence is the alert: the scheduler sends a count at each round.",
        unless=(REDIS.cause,),
    )


def _depth(queue: str, limit: int, watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key=f"queue-{queue}-depth",
        title=f"[Celery] The queue {queue} grows",
        tier=Tier.WARNING,
        owner=Team.BACKEND,
        service=GENONAUT,
        runbook="queue-depth",
        condition=MetricCondition(
            expression=f"min(last_10m):max:redis.key.length{{{watched.everything},key:{queue}}}",
            comparator=Comparator.ABOVE,
            thresholds=above(limit, limit / 2),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning=f"For 10 minutes, more jobs have waited in the queue {queue} than its workers get done.",
        unit="jobs",
        silence="Nobody watches Redis any more: see the agent that runs the Redis check.",
    )

"""Celery's tasks, and the generation of images."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import Display, Group, Reduce, Timeseries, Toplist
from components.dashboards.units import Unit
from stacks.catalog.dashboards.series import count, line, of, share


def tasks(scope: str) -> Group:
    """Do tasks wait, fail, come back?"""
    started = count("genonaut.tasks.started", scope, "queue")
    failed = count("genonaut.tasks.failed", scope, "queue")
    return Group(
        title="Tasks",
        widgets=(
            Timeseries(title="Started by queue", series=(line("started", started, Unit.TASK),), display=Display.BARS),
            Timeseries(title="Failed by queue", series=(share("failed", failed, started, tone=Tone.BAD),)),
            Timeseries(
                title="Waiting by queue, 95th percentile",
                series=(line("p95", of("p95", "genonaut.tasks.wait", scope, "queue"), Unit.SECOND),),
            ),
            Timeseries(
                title="Put back",
                series=(
                    line("retried", count("genonaut.tasks.retried", scope, "queue"), Unit.TASK, tone=Tone.WARNING),
                ),
                display=Display.BARS,
            ),
            Timeseries(
                title="Rounds of the scheduler",
                series=(line("rounds", count("genonaut.beat.ticks", scope), None),),
                display=Display.BARS,
            ),
        ),
    )


def generation(scope: str) -> Group:
    """Do generation jobs deliver?"""
    jobs = "genonaut.generation.jobs"
    return Group(
        title="Generation jobs",
        widgets=(
            Timeseries(
                title="Delivered and not",
                series=(
                    line("delivered", count(f"{jobs}.completed", scope), Unit.JOB, tone=Tone.GOOD),
                    line("failed", count(f"{jobs}.failed", scope), Unit.JOB, tone=Tone.BAD),
                ),
                display=Display.BARS,
            ),
            Timeseries(
                title="Duration by kind, 95th percentile",
                series=(line("p95", of("p95", f"{jobs}.duration", scope, "job_type"), Unit.SECOND),),
            ),
            Toplist(
                title="Why they fail",
                series=line("failed", count(f"{jobs}.failed", scope, "reason"), Unit.JOB),
                reduce=Reduce.TOTAL,
                height=3,
            ),
        ),
    )

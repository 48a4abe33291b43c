"""What is wrong with alerts, monitors and settings, found before anything is declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from components.sentry.alerts import compile_alert
from components.sentry.monitors import compile_monitor
from components.sentry.rules import compile_filters, compile_ownership, compile_settings
from components.sentry.spec import (
    AlertSpec,
    CronMonitorSpec,
    Measure,
    MetricMonitorSpec,
    MonitorSpec,
    SentrySpec,
    UptimeMonitorSpec,
)
from infra.naming import is_logical_name
from infra.problems import Problem
from sentry_alerts import model

NUMBER = "1"
"""Stands for what Sentry numbers only when it is made."""
PERCENT = (Measure.FAILURE_RATE, Measure.CRASH_FREE_SESSIONS)
TYPES: Mapping[type[MonitorSpec], str] = {
    MetricMonitorSpec: model.METRIC_MONITOR,
    CronMonitorSpec: model.CRON_MONITOR,
    UptimeMonitorSpec: model.UPTIME_MONITOR,
}


def alert_problems(spec: SentrySpec) -> Iterator[Problem]:
    """The problems of everything that is not a team, project or key."""
    projects = {project.key: NUMBER for project in spec.projects}
    for project in spec.projects:
        where, place = f"sentry.{project.key}.rules", {"project": "some-project"}
        yield from _refused(where, model.PROJECT_SETTINGS, {**compile_settings(project, spec), **place})
        yield from _refused(where, model.PROJECT_OWNERSHIP, {**compile_ownership(project, spec), **place})
        yield from _refused(where, model.INBOUND_FILTERS, {**compile_filters(project, spec), **place})
    for alert in spec.alerts:
        where = f"sentry.alerts.{alert.key}"
        yield from _common(where, alert)
        missing = [key for key in alert.projects if key not in projects]
        yield from (Problem(where, f"there is no project {key!r}", _known(spec)) for key in missing)
        if not missing:
            yield from _refused(where, model.ALERT, compile_alert(alert, spec, projects, NUMBER))
    for monitor in spec.monitors:
        where = f"sentry.monitors.{monitor.key}"
        yield from _common(where, monitor)
        if monitor.project not in projects:
            yield Problem(where, f"there is no project {monitor.project!r}", _known(spec))
        limits = list(_limit_problems(where, monitor)) if isinstance(monitor, MetricMonitorSpec) else []
        yield from limits
        if not limits:
            arguments = compile_monitor(monitor, spec, NUMBER, f"team:{NUMBER}")
            yield from _refused(where, TYPES[type(monitor)], arguments)
    keys = Counter(one.key for one in (*spec.projects, *spec.alerts, *spec.monitors))
    yield from (
        Problem(f"sentry.{key}", "stands for several things", "another key") for key, n in keys.items() if n > 1
    )
    titles = Counter(one.title for one in (*spec.alerts, *spec.monitors))
    yield from (
        # By its name an object is found again whose creation was answered by nobody.
        Problem("sentry", f"the title {title!r} is used {n} times", "one of its own for each alert and monitor")
        for title, n in titles.items()
        if n > 1
    )


def _common(where: str, one: AlertSpec | MonitorSpec) -> Iterator[Problem]:
    if not is_logical_name(one.key):
        yield Problem(where, "is not a usable key", "lower case letters, digits and hyphens, at most 63")


def _limit_problems(where: str, monitor: MetricMonitorSpec) -> Iterator[Problem]:
    limits = {"critical": monitor.critical, "warning": monitor.warning}
    given = {name: value for name, value in limits.items() if value is not None}
    for name, value in given.items():
        if monitor.measure in PERCENT and not 0 < value < 100:  # noqa: PLR2004
            yield Problem(f"{where}.{name}", f"{monitor.measure} of {value:g} can never be passed", "between 0 and 100")
        elif value <= 0:
            yield Problem(f"{where}.{name}", f"{value:g} is no limit", "above 0")
    if monitor.warning is not None:
        below = monitor.measure is Measure.CRASH_FREE_SESSIONS
        if (monitor.warning <= monitor.critical) if below else (monitor.warning >= monitor.critical):
            right = f"{'above' if below else 'below'} {monitor.critical:g}"
            yield Problem(f"{where}.warning", f"{monitor.warning:g} would come after critical", right)


def _refused(where: str, token: str, arguments: Mapping[str, Any]) -> Iterator[Problem]:
    for problem in model.problems(model.MODELS[token], arguments):
        yield Problem(f"{where}.{problem.path}" if problem.path else where, problem.reason)


def _known(spec: SentrySpec) -> str:
    return f"one of {', '.join(project.key for project in spec.projects)}"

"""For whoever asks how Genonaut is doing: is it up, is it fast enough, do people come?"""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.palette import Tone
from components.dashboards.spec import (
    DashboardSpec,
    Display,
    Group,
    MonitorStatus,
    Note,
    Objective,
    Reduce,
    Timeseries,
    Toplist,
    Value,
    Widget,
)
from components.dashboards.units import Unit
from infra.naming import Team, Tier
from stacks.catalog import objectives
from stacks.catalog.dashboards.groups import requests
from stacks.catalog.dashboards.series import count, line, of, share
from stacks.catalog.dashboards.view import View, deployments
from stacks.catalog.services import ANSWERS_REQUESTS, Service

_ENV = "$env"


def dashboard(view: View) -> DashboardSpec:
    """The executive overview."""
    return DashboardSpec(
        key="executive-overview",
        title=f"Genonaut: executive overview ({view.environment})",
        description="Is Genonaut answering, fast enough, and are people joining?",
        owner=Team.PLATFORM,
        variables=(view.env,),
        groups=(
            Group(title="Now", widgets=tuple(_now())),
            *(
                Group(title=service.name, widgets=tuple(_service(service, service.operation, view)))
                for service in view.services
                if service.operation
            ),
            _people(),
            _features(),
            _outside(),
            *([_usage(view)] if "usage-hosts" in view.alerts else ()),
        ),
        deployments=deployments(_ENV),
    )


def _now() -> Iterator[Widget]:
    yield MonitorStatus(title="What wakes somebody", tags=(f"tier:{Tier.CRITICAL}",), height=3)
    yield MonitorStatus(title="What the daily review looks at", tags=(f"tier:{Tier.BUSINESS}",), height=3)
    yield Note(
        text="**Green, yellow, red** are the limits of the alerts themselves; so are the lines in graphs. "
        "A vertical line is a rollout. The menu of a graph leads to the runbook of its alert.",
        height=3,
    )


def _service(service: Service, operation: str, view: View) -> Iterator[Widget]:
    scope = f"{_ENV},service:{service.name}"
    if operation == ANSWERS_REQUESTS:
        yield Objective(title="Availability", slo=objectives.availability_key(service), width=6)
    alerts = view.alert(f"{service.key}-error-rate"), view.alert(f"{service.key}-latency")
    yield from requests.numbers(operation, scope, *alerts)
    hits = count(f"trace.{operation}.hits", scope)
    errors = count(f"trace.{operation}.errors", scope)
    yield Timeseries(
        title="Throughput", series=(line("all", hits, requests.unit_of(operation)),), display=Display.BARS, width=6
    )
    yield Timeseries(
        title="Error rate", series=(share("failed", errors, hits, tone=Tone.BAD),), alert=alerts[0], width=6
    )


def _people() -> Group:
    counts = (
        ("Registrations", count("genonaut.users.registered", _ENV), Unit.USER),
        ("Sessions", count("rum.measure.session", _ENV), Unit.SESSION),
        ("Content created", count("genonaut.content.created", _ENV), Unit.ITEM),
        ("Searches", count("genonaut.search.requests", _ENV), Unit.REQUEST),
    )
    return Group(
        title="People",
        widgets=(
            *(
                Value(title=title, series=line(title.lower(), query, unit), reduce=Reduce.TOTAL, width=3)
                for title, query, unit in counts
            ),
            *(
                Timeseries(
                    title=f"{title} over time",
                    series=(line(title.lower(), query, unit),),
                    display=Display.BARS,
                    width=3,
                )
                for title, query, unit in counts
            ),
        ),
    )


def _features() -> Group:
    served, accepted = (count(f"genonaut.recommendations.{name}", _ENV) for name in ("served", "accepted"))
    searches = count("genonaut.search.requests", _ENV)
    return Group(
        title="What people do",
        widgets=(
            Toplist(
                title="Features in use",
                series=line("uses", count("genonaut.features.used", _ENV, "feature"), None),
                reduce=Reduce.TOTAL,
                height=3,
            ),
            Timeseries(
                title="Recommendations that are followed", series=(share("followed", accepted, served, tone=Tone.GOOD),)
            ),
            Timeseries(
                title="Searches without a result",
                series=(
                    share("failed", count("genonaut.search.failures", _ENV), searches, tone=Tone.BAD),
                    share("found nothing", count("genonaut.search.empty", _ENV), searches, tone=Tone.WARNING),
                ),
            ),
        ),
    )


def _outside() -> Group:
    """Synthetic tests carry `env` as one of their own tags."""
    passed = count("synthetics.test_runs", f"{_ENV},status:success", "service")
    return Group(
        title="Seen from outside",
        widgets=(
            Timeseries(
                title="Probes that succeed",
                series=(share("succeed", passed, count("synthetics.test_runs", _ENV, "service"), tone=Tone.GOOD),),
                width=6,
            ),
            Timeseries(
                title="Time to answer a probe",
                series=(line("answer", of("avg", "synthetics.http.response.time", _ENV, "service"), Unit.MILLISECOND),),
                width=6,
            ),
        ),
    )


def _usage(view: View) -> Group:
    """That of the whole organisation: it knows no environment."""
    usage = "datadog.estimated_usage"
    return Group(
        title="Usage of Datadog, all environments",
        widgets=(
            Timeseries(
                title="Hosts",
                series=(line("hosts", of("max", f"{usage}.hosts", "*"), Unit.HOST),),
                alert=view.alert("usage-hosts"),
            ),
            Timeseries(
                title="Series of our own metrics",
                series=(line("series", of("avg", f"{usage}.metrics.custom", "*"), None),),
                alert=view.alert("usage-custom-metrics"),
            ),
            Timeseries(
                title="Log events",
                series=(
                    line("events", count(f"{usage}.logs.ingested_events", "datadog_is_excluded:false"), Unit.EVENT),
                ),
                display=Display.BARS,
            ),
        ),
    )

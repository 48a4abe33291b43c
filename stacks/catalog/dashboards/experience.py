"""For those who build what people see: is it fast, where, on what, and where do people give up?"""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import (
    DashboardSpec,
    Display,
    Group,
    Link,
    MonitorStatus,
    Objective,
    Reduce,
    Table,
    Timeseries,
    Toplist,
    Widget,
)
from components.dashboards.units import Unit
from infra.naming import Team
from stacks.catalog.dashboards.groups import browsers
from stacks.catalog.dashboards.series import count, events, line, measured, of, share
from stacks.catalog.dashboards.view import View, deployments

_SCOPE = "$env,$service,$version"
_SEARCH = "$env $service $version @session.type:user"


def dashboard(view: View) -> DashboardSpec:
    """The user experience dashboard."""
    return DashboardSpec(
        key="user-experience",
        title=f"Genonaut: user experience ({view.environment})",
        description="Are pages fast for the people in front of them, wherever they are, and where do they give up?",
        owner=Team.FRONTEND,
        variables=(view.env, view.service, view.version),
        groups=(
            *([Group(title="Now", widgets=_now(view))] if view.browsing else ()),
            browsers.loading(_SCOPE),
            browsers.use(_SCOPE),
            _countries(),
            _devices(),
            _journeys(),
            _errors(),
            _outside(),
        ),
        deployments=deployments("$env $service"),
        links=(
            Link(
                label="Sessions",
                path="/rum/sessions?query=env%3A{{$env.value}}%20service%3A{{$service.value}}"
                "&from_ts={{timestamp_start}}&to_ts={{timestamp_end}}",
            ),
        ),
    )


def _now(view: View) -> tuple[Widget, ...]:
    owners = sorted({service.owner for service in view.browsing})
    owned = {f"team:{alert.owner}" for alert in view.alerts.values()}
    return (
        *(Objective(title=key, slo=key) for service in view.browsing for key in view.objectives_of(service)),
        *(
            MonitorStatus(title=f"Alerts of {owner}", tags=(f"team:{owner}",), height=3)
            for owner in owners
            if f"team:{owner}" in owned
        ),
    )


def _countries() -> Group:
    loading = of("p75", browsers.LOADING, _SCOPE, "geo.country")
    sessions = count("rum.measure.session", _SCOPE, "geo.country")
    errors, views = (count(f"rum.measure.{name}", _SCOPE, "geo.country") for name in ("error", "view"))
    return Group(
        title="By country",
        widgets=(
            Table(
                title="Countries",
                columns=(
                    (line("sessions", sessions, Unit.SESSION), Reduce.TOTAL),
                    (line("loading, p75", loading, Unit.NANOSECOND), Reduce.PERCENTILE),
                    (line("errors", errors, Unit.ERROR), Reduce.TOTAL),
                    (line("views", views, None), Reduce.TOTAL),
                ),
                width=8,
            ),
            Toplist(
                title="Slowest, loading, 75th percentile",
                series=line("p75", loading, Unit.NANOSECOND),
                reduce=Reduce.PERCENTILE,
            ),
        ),
    )


def _devices() -> Group:
    """The metrics of Datadog know no device; the events of the sessions that are kept do."""
    views = f"{_SEARCH} @type:view"
    return Group(
        title="By device",
        widgets=(
            Timeseries(
                title="Views by device",
                series=(line("views", events("rum", views, "@device.type"), None),),
                display=Display.AREA,
            ),
            Timeseries(
                title="Loading by device, 75th percentile",
                series=(
                    line("p75", measured("rum", views, "pc75", "@view.loading_time", "@device.type"), Unit.NANOSECOND),
                ),
            ),
            Toplist(
                title="Slowest browsers, loading, 75th percentile",
                series=line("p75", of("p75", browsers.LOADING, _SCOPE, "browser.name"), Unit.NANOSECOND),
                reduce=Reduce.PERCENTILE,
                height=3,
            ),
        ),
    )


def _journeys() -> Group:
    loading = of("p75", browsers.LOADING, _SCOPE, "view.name")
    views, errors = (count(f"rum.measure.{name}", _SCOPE, "view.name") for name in ("view", "error"))
    frustrated = f"{_SEARCH} @type:action @action.frustration.type:*"
    return Group(
        title="Journeys",
        widgets=(
            Table(
                title="Pages",
                columns=(
                    (line("views", views, None), Reduce.TOTAL),
                    (line("loading, p75", loading, Unit.NANOSECOND), Reduce.PERCENTILE),
                    (line("errors", errors, Unit.ERROR), Reduce.TOTAL),
                ),
            ),
            Toplist(
                title="What people do",
                series=line("actions", events("rum", f"{_SEARCH} @type:action", "@action.name"), None),
                reduce=Reduce.TOTAL,
            ),
            Toplist(
                title="Pages that annoy",
                series=line("signs", events("rum", frustrated, "@view.name"), None),
                reduce=Reduce.TOTAL,
            ),
            Timeseries(
                title="People at work",
                series=(
                    line("people", measured("rum", f"{_SEARCH} @type:session", "cardinality", "@usr.id"), Unit.USER),
                ),
                height=4,
            ),
        ),
    )


def _errors() -> Group:
    failed = f"{_SEARCH} @type:error"
    resources = f"{_SEARCH} @type:resource"
    return Group(
        title="Errors",
        widgets=(
            Timeseries(
                title="Errors by origin",
                series=(line("errors", events("rum", failed, "@error.source"), Unit.ERROR),),
                display=Display.BARS,
            ),
            Toplist(
                title="Commonest",
                series=line("errors", events("rum", failed, "@error.message"), Unit.ERROR),
                reduce=Reduce.TOTAL,
                height=3,
            ),
            Timeseries(
                title="Resources that fail",
                series=(
                    share(
                        "failed",
                        events("rum", f"{resources} @resource.status_code:>=400"),
                        events("rum", resources),
                        tone=Tone.BAD,
                    ),
                ),
            ),
        ),
    )


def _outside() -> Group:
    """Probes belong to the service that they visit, which the choice at the top may not be."""
    runs = count("synthetics.test_runs", "$env", "location")
    passed = count("synthetics.test_runs", "$env,status:success", "location")
    return Group(
        title="Seen from outside",
        widgets=(
            Timeseries(
                title="Probes that succeed, by location", series=(share("succeed", passed, runs, tone=Tone.GOOD),)
            ),
            Timeseries(
                title="Time to answer, by location",
                series=(
                    line("answer", of("avg", "synthetics.http.response.time", "$env", "location"), Unit.MILLISECOND),
                ),
            ),
            Timeseries(
                title="Time to the first byte",
                series=(
                    line("first byte", of("avg", "synthetics.http.firstbyte.time", "$env", "url"), Unit.MILLISECOND),
                ),
            ),
        ),
    )

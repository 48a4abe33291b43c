"""For those who write Genonaut: what is slow, what fails, since which version?"""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.palette import Tone
from components.dashboards.spec import DashboardSpec, Display, Events, Group, Timeseries
from components.dashboards.units import Unit
from infra.naming import Team
from stacks.catalog.dashboards.groups import lists, logs, requests, tasks
from stacks.catalog.dashboards.series import count, line, of, share, share_of_both
from stacks.catalog.dashboards.view import CHOSEN_SERVICE, View, deployments, links

_SCOPE = "$env,$service,$version"
_SEARCH = "$env $service $version"


def dashboard(view: View) -> DashboardSpec:
    """The engineering performance dashboard."""
    return DashboardSpec(
        key="engineering-performance",
        title=f"Genonaut: engineering performance ({view.environment})",
        description="What is slow, what fails, since which version, and what is it waiting for?",
        owner=Team.BACKEND,
        variables=(view.env, view.service, view.version),
        groups=tuple(_groups(view)),
        deployments=deployments("$env $service"),
        links=links(CHOSEN_SERVICE),
    )


def _groups(view: View) -> Iterator[Group]:
    # Limits are the same for all services of a kind: those of the first stand for all.
    for first in view.answering[:1]:
        operation = first.operation or ""
        yield requests.traffic(
            "Requests",
            operation,
            _SCOPE,
            "service",
            error_alert=view.alert(f"{first.key}-error-rate"),
            latency_alert=view.alert(f"{first.key}-latency"),
        )
        yield requests.resources("Endpoints", operation, _SCOPE)
        yield requests.versions(operation, _SCOPE)
        yield _search()
        yield _cache(view)
    for first in view.paginating[:1]:
        yield lists.lists(_SCOPE, view.alert(f"{first.key}-pagination-latency"))
    yield _dependencies()
    for first in view.working[:1]:
        yield tasks.tasks(_SCOPE)
        yield tasks.generation(_SCOPE)
        yield requests.resources("Kinds of tasks", first.operation or "", _SCOPE)
    yield logs.logs(_SEARCH)
    yield Group(
        title="Traces",
        widgets=(
            Events(title="Newest failures", source="spans", search=f"{_SEARCH} status:error", width=6),
            Events(title="Newest of more than a second", source="spans", search=f"{_SEARCH} @duration:>1s", width=6),
        ),
    )
    yield _load_tests()


def _search() -> Group:
    requests_, duration = count("genonaut.search.requests", _SCOPE), "genonaut.search.duration"
    return Group(
        title="Search",
        widgets=(
            Timeseries(
                title="Duration of searches",
                series=(
                    line("p50", of("p50", duration, _SCOPE), Unit.SECOND, tone=Tone.GOOD),
                    line("p95", of("p95", duration, _SCOPE), Unit.SECOND, tone=Tone.WARNING),
                ),
            ),
            Timeseries(
                title="Searches that fail",
                series=(share("failed", count("genonaut.search.failures", _SCOPE), requests_, tone=Tone.BAD),),
            ),
            Timeseries(
                title="Why they fail",
                series=(line("failed", count("genonaut.search.failures", _SCOPE, "reason"), Unit.REQUEST),),
                display=Display.BARS,
            ),
        ),
    )


def _cache(view: View) -> Group:
    hits, misses = (count(f"genonaut.cache.{name}", _SCOPE) for name in ("hits", "misses"))
    by_cache = [count(f"genonaut.cache.{name}", _SCOPE, "cache") for name in ("hits", "misses")]
    return Group(
        title="Cache",
        widgets=(
            Timeseries(
                title="Misses, of all look-ups",
                series=(share_of_both("missed", misses, hits, tone=Tone.BAD),),
                alert=view.alert("cache-hit-rate"),
                width=6,
            ),
            Timeseries(title="Hits by cache", series=(share_of_both("hit", *by_cache),), width=6),
        ),
    )


def _dependencies() -> Group:
    """Spans of clients carry the name of what they call as `service`, and no version."""
    scope = "$env"
    kinds = (("PostgreSQL", "postgres.query", Unit.QUERY), ("Redis", "redis.command", Unit.COMMAND))
    return Group(
        title="What services wait for",
        widgets=tuple(
            widget
            for name, operation, unit in kinds
            for widget in (
                Timeseries(
                    title=f"{name}: duration, 95th percentile",
                    series=(line("p95", of("p95", f"trace.{operation}", scope), Unit.SECOND, tone=Tone.WARNING),),
                ),
                Timeseries(
                    title=f"{name}: calls",
                    series=(line("calls", count(f"trace.{operation}.hits", scope), unit),),
                    display=Display.BARS,
                ),
                Timeseries(
                    title=f"{name}: failed calls",
                    series=(
                        share(
                            "failed",
                            count(f"trace.{operation}.errors", scope),
                            count(f"trace.{operation}.hits", scope),
                            tone=Tone.BAD,
                        ),
                    ),
                ),
            )
        ),
    )


def _load_tests() -> Group:
    """The load generator is no service that can be chosen."""
    return Group(
        title="Load tests",
        widgets=(
            Timeseries(
                title="Answers under load, 95th percentile",
                series=(
                    line("p95", of("p95", "genonaut.load_test.response.duration", "$env", "endpoint"), Unit.SECOND),
                ),
            ),
            Timeseries(
                title="Simulated people",
                series=(line("people", of("sum", "genonaut.load_test.users", "$env", "scenario"), Unit.USER),),
            ),
            Timeseries(
                title="Slower than the baseline",
                series=(line("slower", of("max", "genonaut.load_test.regression", "$env", "endpoint"), Unit.PERCENT),),
            ),
        ),
    )

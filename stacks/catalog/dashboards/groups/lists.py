"""Lists that are answered page by page."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import Display, Group, Reduce, Timeseries, Toplist
from components.dashboards.units import Unit
from stacks.catalog.dashboards.series import count, line, of, share


def lists(scope: str, alert: str | None) -> Group:
    """How long pages take, and which: deep ones, large ones, of which collection."""
    duration = "pagination.query.duration"
    queries = count("pagination.query.count", scope)
    return Group(
        title="Lists, page by page",
        widgets=(
            Timeseries(
                title="Duration",
                series=(
                    line("p50", of("p50", duration, scope), Unit.SECOND, tone=Tone.GOOD),
                    line("p95", of("p95", duration, scope), Unit.SECOND, tone=Tone.WARNING),
                ),
                alert=alert,
            ),
            Timeseries(
                title="Duration by collection, 95th percentile",
                series=(line("p95", of("p95", duration, scope, "collection"), Unit.SECOND),),
                alert=alert,
            ),
            Timeseries(
                title="Failed queries",
                series=(share("failed", count("pagination.query.errors", scope), queries, tone=Tone.BAD),),
            ),
            *(
                Toplist(
                    title=f"Slowest {what}, 95th percentile",
                    series=line("p95", of("p95", duration, scope, key), Unit.SECOND),
                    reduce=Reduce.PERCENTILE,
                    alert=alert,
                    width=3,
                )
                for what, key in (("depth", "offset_range"), ("page size", "page_size"), ("way", "mode"))
            ),
            Timeseries(
                title="Queries by way",
                series=(line("queries", count("pagination.query.count", scope, "mode"), Unit.QUERY),),
                display=Display.AREA,
                width=3,
            ),
        ),
    )

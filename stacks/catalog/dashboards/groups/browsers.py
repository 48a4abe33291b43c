"""What people see in their browsers."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import Display, Group, Reduce, Timeseries, Value
from components.dashboards.units import Unit
from stacks.catalog.dashboards.series import count, line, of

LOADING = "rum.measure.view.loading_time"


def loading(scope: str) -> Group:
    """How fast pages are there, as the web vitals have it: 75th percentiles (https://web.dev/articles/vitals)."""
    vitals = (
        ("Loading", LOADING, Unit.NANOSECOND),
        ("Largest contentful paint", "rum.measure.view.largest_contentful_paint", Unit.NANOSECOND),
        ("Interaction to next paint", "rum.measure.view.interaction_to_next_paint", Unit.NANOSECOND),
        ("Cumulative layout shift", "rum.measure.view.cumulative_layout_shift", None),
    )
    return Group(
        title="Speed of pages",
        widgets=(
            *(
                Value(
                    title=f"{title}, 75th percentile",
                    series=line("p75", of("p75", metric, scope), unit),
                    reduce=Reduce.PERCENTILE,
                    width=3,
                )
                for title, metric, unit in vitals
            ),
            Timeseries(
                title="Loading",
                series=(
                    line("p50", of("p50", LOADING, scope), Unit.NANOSECOND, tone=Tone.GOOD),
                    line("p75", of("p75", LOADING, scope), Unit.NANOSECOND, tone=Tone.WARNING),
                    line("p95", of("p95", LOADING, scope), Unit.NANOSECOND, tone=Tone.BAD),
                ),
                width=6,
            ),
            Timeseries(
                title="Loading by version, 75th percentile",
                series=(line("p75", of("p75", LOADING, scope, "version"), Unit.NANOSECOND),),
                width=6,
            ),
        ),
    )


def use(scope: str) -> Group:
    """How many people there are, and how many are annoyed."""
    sessions, views = count("rum.measure.session", scope), count("rum.measure.view", scope)
    errors = count("rum.measure.error", scope)
    frustration = count("rum.measure.session.frustration", scope)
    return Group(
        title="Sessions",
        widgets=(
            Value(title="Sessions", series=line("sessions", sessions, Unit.SESSION), reduce=Reduce.TOTAL, width=3),
            Value(title="Views", series=line("views", views, None), reduce=Reduce.TOTAL, width=3),
            Value(title="JavaScript errors", series=line("errors", errors, Unit.ERROR), reduce=Reduce.TOTAL, width=3),
            Value(title="Signs of frustration", series=line("signs", frustration, None), reduce=Reduce.TOTAL, width=3),
            Timeseries(
                title="Sessions over time", series=(line("sessions", sessions, Unit.SESSION),), display=Display.BARS
            ),
            Timeseries(
                title="Errors over time",
                series=(line("errors", errors, Unit.ERROR, tone=Tone.BAD),),
                display=Display.BARS,
            ),
            Timeseries(
                title="Frustration over time",
                series=(line("signs", frustration, None, tone=Tone.WARNING),),
                display=Display.BARS,
            ),
        ),
    )

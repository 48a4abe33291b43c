"""What is written into logs."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import Display, Events, Group, Reduce, Timeseries, Toplist
from components.dashboards.units import Unit
from stacks.catalog.dashboards.series import events, line

_BAD = "status:(error OR critical OR alert OR emergency)"


def logs(search: str) -> Group:
    """Errors in logs: how many, of which kind, and the newest."""
    return Group(
        title="Logs",
        widgets=(
            Timeseries(
                title="Lines by status",
                series=(line("lines", events("logs", search, "status"), Unit.EVENT),),
                display=Display.AREA,
                width=6,
            ),
            Timeseries(
                title="Errors by service",
                series=(line("errors", events("logs", f"{search} {_BAD}", "service"), Unit.EVENT, tone=Tone.BAD),),
                display=Display.BARS,
                width=6,
            ),
            Toplist(
                title="Commonest errors",
                series=line("errors", events("logs", f"{search} {_BAD}", "@error.kind"), Unit.EVENT),
                reduce=Reduce.TOTAL,
            ),
            Events(title="Newest errors", source="logs", search=f"{search} {_BAD}"),
        ),
    )

"""The matrix for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from components.downtimes.spec import DowntimesSpec
from components.routing.reach import Reach, State
from reports.markdown import table
from reports.routing.matrix import Row

WORDS: Mapping[State, str] = {
    State.ALERT: "alert",
    State.WARNING: "warning",
    State.NO_DATA: "no data",
    State.RECOVERY: "recovery",
}
HEAD = ("alert", "tier", "changes to", "in working hours", "nights", "weekends")


def cells(row: Row) -> tuple[str, ...]:
    """One row in words, as `HEAD` names its columns."""
    words = [who(one, burns_in=row.alert.burns_in) for one in row.reaches]
    return (row.alert.key, row.alert.tag("tier"), WORDS[row.state], *words)


def who(reached: Reach, *, burns_in: bool = False) -> str:
    """Who is told, in words."""
    if not reached.recipients:
        return "nobody: burn-in" if burns_in else "NOBODY"
    names = ", ".join(reached.recipients)
    return f"when work starts: {names}" if reached.waits else names


def terminal(rows: Iterable[Row]) -> str:
    """Columns for a terminal; what is as in the line above, or as in working hours, is written once."""
    lines: list[tuple[str, ...]] = []
    before = ""
    for row in rows:
        key, tier, state, working, *others = cells(row)
        same = [_briefly(words, working) for words in others]
        lines.append(("", "", state, working, *same) if key == before else (key, tier, state, working, *same))
        before = key
    table = [HEAD, *lines]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )


def _briefly(words: str, working: str) -> str:
    if words == working:
        return "same"
    return words.removesuffix(f": {working}")


def markdown(rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    return table(HEAD, (cells(row) for row in rows))


def maintenance(spec: DowntimesSpec) -> Iterator[str]:
    """When planned work keeps the alerts of a service quiet, whatever their tier."""
    for one in spec.windows:
        when = f"{one.day.name.capitalize()} {one.start:%H:%M} {one.time_zone}, {one.minutes} minutes"
        yield f"Nobody is told of {one.service}: {when}. {one.reason}"


def as_json(rows: Iterable[Row]) -> str:
    """A list of objects."""
    found = [
        {
            "alert": row.alert.key,
            "tier": row.alert.tag("tier"),
            "state": WORDS[row.state],
            **{
                hour: {"recipients": one.recipients, "waits": one.waits}
                for hour, one in zip(("working_hours", "night", "weekend"), row.reaches, strict=True)
            },
        }
        for row in rows
    ]
    return json.dumps(found, indent=2)


FORMATS: Mapping[str, Callable[[Iterable[Row]], str]] = {"text": terminal, "markdown": markdown, "json": as_json}

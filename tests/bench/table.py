"""The table that `make bench` prints. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.ratios import Spread

HEAD = ("services", "ours against", "wall time", "CPU time", "peak memory")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One comparison: what was compared, and the ratios."""

    services: str
    against: str
    wall: Spread
    cpu: Spread
    memory: Spread
    aim: float | None
    """What no median ratio of the row should be above; None where there is no such aim."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        return self.services, self.against, str(self.wall), str(self.cpu), str(self.memory)

    @property
    def missed(self) -> list[str]:
        """The columns whose median is above the aim."""
        spreads = zip(HEAD[2:], (self.wall, self.cpu, self.memory), strict=True)
        return [name for name, spread in spreads if self.aim is not None and spread.median > self.aim]


def table(rows: Iterable[Row]) -> str:
    """The rows under their head, in columns as wide as their widest cell."""
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([texts[0], rule, *texts[1:]])


def verdict(rows: Iterable[Row]) -> str:
    """Whether the aims of all rows are reached, by the medians; if not, where they are missed."""
    missed = [f"{' and '.join(row.missed)} at {row.services}" for row in rows if row.missed]
    return f"missed ({'; '.join(missed)})" if missed else "reached"

"""The body of the dashboard API, read as far as pictures need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a widget stands, in columns and rows of its grid."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Widget:
    """One widget: its definition as it stands in the body, and where; `place` is None where Datadog finds one."""

    type: str
    path: str
    definition: Mapping[str, Any]
    place: Place | None
    widgets: tuple[Widget, ...] = ()

    @property
    def title(self) -> str:
        """What stands above it; empty where nothing does."""
        return str(self.definition.get("title") or "")


@dataclass(frozen=True, slots=True)
class Variable:
    """A choice at the top of the dashboard: `prefix` is the tag key, `value` what it is set to at first."""

    name: str
    prefix: str
    value: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard."""

    title: str
    description: str
    variables: tuple[Variable, ...]
    widgets: tuple[Widget, ...]

    def every_widget(self) -> Iterator[Widget]:
        """All widgets, those in groups included, from top to bottom."""
        for widget in self.widgets:
            yield widget
            yield from widget.widgets


def read(body: Mapping[str, Any]) -> Dashboard:
    """The dashboard of a body that Datadog's own model accepts."""
    return Dashboard(
        title=str(body.get("title") or ""),
        description=str(body.get("description") or ""),
        variables=tuple(_variable(each) for each in body.get("template_variables") or ()),
        widgets=tuple(_widgets(body.get("widgets") or (), "widgets")),
    )


def _variable(given: Mapping[str, Any]) -> Variable:
    defaults = given.get("defaults") or [given.get("default") or "*"]
    return Variable(name=str(given["name"]), prefix=str(given.get("prefix") or given["name"]), value=str(defaults[0]))


def _widgets(given: Sequence[Mapping[str, Any]], path: str) -> Iterator[Widget]:
    for index, each in enumerate(given):
        definition, here = each["definition"], f"{path}[{index}].definition"
        layout = each.get("layout")
        yield Widget(
            type=str(definition["type"]),
            path=here,
            definition=definition,
            place=Place(layout["x"], layout["y"], layout["width"], layout["height"]) if layout else None,
            widgets=tuple(_widgets(definition.get("widgets") or (), f"{here}.widgets")),
        )

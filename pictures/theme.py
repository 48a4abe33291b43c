"""Colours, light and dark.

Lines take the palette of Okabe and Ito, which people who see colours differently can tell apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """The colours of one look."""

    back: str
    card: str
    edge: str
    grid: str
    ink: str
    soft: str
    group: str
    good: str
    warning: str
    bad: str
    series: tuple[str, ...]
    ramp: str
    """The colour map of heat maps."""


_SERIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6d1f", "#7a68c8")

LIGHT = Theme(
    back="#e8ebf0", card="#ffffff", edge="#dde1e8", grid="#e9ecf1", ink="#1d2633", soft="#5b6675", group="#3c4a63",
    good="#1d7a46", warning="#a15c00", bad="#b3261e", series=_SERIES, ramp="Blues",
)  # fmt: skip
DARK = Theme(
    back="#12161c", card="#1b212b", edge="#2f3846", grid="#283040", ink="#e6eaf0", soft="#a1acbb", group="#39465e",
    good="#5fcf92", warning="#f0b04c", bad="#ff8a80", ramp="viridis",
    series=("#5aa9e6", "#f2b134", "#3ecf9b", "#e79ac6", "#8fd0f5", "#ff8d4d", "#d0b25c", "#ab9cf0"),
)  # fmt: skip
THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "vivid_blue": "#2b6cb0", "vivid_purple": "#6b46c1", "vivid_pink": "#b83280", "vivid_orange": "#b5541c",
        "vivid_yellow": "#8a6a00", "vivid_green": "#22764a", "blue": "#4a7fb5", "purple": "#7a68c8", "pink": "#b86b96",
        "orange": "#b97a4a", "yellow": "#8f7a34", "green": "#4f8a68", "gray": "#5b6675",
    }
)  # fmt: skip
"""The headings of groups, dark enough for white words."""
NOTES: Mapping[str, str] = MappingProxyType(
    {"yellow": "#fff6d6", "blue": "#e3f0fb", "pink": "#fbe6f1", "purple": "#efe9fb", "green": "#e3f5ea",
     "orange": "#fdeedd", "gray": "#eceff3"}
)  # fmt: skip
"""The backgrounds of notes, for dark words."""


def tone(theme: Theme, palette: str, index: int, rank: int) -> str:
    """The colour of a line: the next of the series, or that of a palette with a meaning, paler for its further lines.

    `index` counts the lines of a graph, `rank` those of one request.
    """
    meant = {"red": theme.bad, "orange": theme.warning, "green": theme.good}.get(palette)
    return _mixed(meant, theme.card, min(rank * 0.2, 0.6)) if meant else theme.series[index % len(theme.series)]


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(one + (two - one) * share) for one, two in pairs).hex()


def severity(theme: Theme, word: str) -> str:
    """The colour of a marker or a conditional format, by the word in its name."""
    if any(each in word for each in ("error", "red", "critical", "alert")):
        return theme.bad
    if any(each in word for each in ("warning", "yellow", "orange")):
        return theme.warning
    if any(each in word for each in ("ok", "green")):
        return theme.good
    return theme.soft

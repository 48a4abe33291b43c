"""What colours mean, on every dashboard the same."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Tone(StrEnum):
    """What lines are about; the values are Datadog's palettes."""

    NEUTRAL = "dog_classic"
    GOOD = "green"
    WARNING = "orange"
    BAD = "red"


@unique
class State(StrEnum):
    """How a number stands against the limits of its alert; the values are Datadog's palettes."""

    GOOD = "white_on_green"
    WARNING = "white_on_yellow"
    BAD = "white_on_red"


@unique
class Line(StrEnum):
    """Lines at the limits of alerts; the values are Datadog's types of markers."""

    WARNING = "warning dashed"
    BAD = "error dashed"

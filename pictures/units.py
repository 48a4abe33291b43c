"""Numbers in words: a value with its unit as Datadog abbreviates it (https://docs.datadoghq.com/metrics/units/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_TIME = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
_SIZE = ((2**50, "PiB"), (2**40, "TiB"), (2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"), (1, "B"))
_PROCESSOR = ((1, "cores"), (1e-3, "mcores"))
_NUMBER = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"), (1, ""))
_Scale = tuple[tuple[float, str], ...]

_SCALED: Mapping[str, tuple[float, _Scale]] = MappingProxyType(
    {
        "nanosecond": (1e-9, _TIME), "microsecond": (1e-6, _TIME), "millisecond": (1e-3, _TIME), "second": (1, _TIME),
        "minute": (60, _TIME), "hour": (3_600, _TIME), "day": (86_400, _TIME), "week": (604_800, _TIME),
        "bit": (0.125, _SIZE), "byte": (1, _SIZE), "kibibyte": (2**10, _SIZE), "mebibyte": (2**20, _SIZE),
        "gibibyte": (2**30, _SIZE), "tebibyte": (2**40, _SIZE), "kilobyte": (1e3, _SIZE), "megabyte": (1e6, _SIZE),
        "gigabyte": (1e9, _SIZE),
        "nanocore": (1e-9, _PROCESSOR), "millicore": (1e-3, _PROCESSOR), "core": (1, _PROCESSOR),
        "cpu": (1, _PROCESSOR),
    }
)  # fmt: skip
"""By unit: how much of its base unit (second, byte, core) one is, and the steps of that base unit."""
_PER = MappingProxyType({"second": "/s", "minute": "/min", "hour": "/h", "day": "/d"})
_SHORT = MappingProxyType({"request": "req", "error": "err", "occurrence": "", "item": "items", "query": "queries"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of Datadog's by name, None for bare numbers; `per` as in bytes per second; `label` is one of our own."""

    name: str | None = None
    per: str | None = None
    label: str | None = None

    @property
    def word(self) -> str:
        """What stands beside a number that no scale gives a word, such as `req/s`."""
        if self.label:
            return self.label
        if self.name in (None, "dollar", "percent", "fraction") or self.name in _SCALED:
            return _PER.get(self.per or "", "")
        short = _SHORT.get(self.name, f"{self.name}s")
        return f"{short}{_PER.get(self.per or '', '')}"


@dataclass(frozen=True, slots=True)
class Scale:
    """What values are divided by to be read, and what is written before and after them."""

    divisor: float
    suffix: str
    prefix: str = ""

    def text(self, value: float) -> str:
        """What stands beside an axis at this value, which is divided already."""
        suffix = self.suffix if value or self.suffix.startswith(" ") else ""
        return f"{self.prefix}{value:.10g}{suffix}"


def scale_for(highest: float, unit: Unit) -> Scale:
    """The scale in which values up to `highest` are read with few digits."""
    per = _PER.get(unit.per or "", "")
    if unit.name == "percent":
        return Scale(1, f" %{per}")
    if unit.name == "dollar":
        step, letter = _step(highest, _NUMBER)
        return Scale(step, letter, "$")
    base, steps = _SCALED.get(unit.name or "", (1.0, _NUMBER))
    step, letter = _step(highest * base, steps)
    suffix = f" {letter}{per}" if steps is not _NUMBER else letter
    return Scale(step / base, suffix)


def text_of(value: float, unit: Unit, most: int | None = None) -> tuple[str, str]:
    """A value and its unit in words, in three digits: such as `("1.24k", "req")` or `("310", "ms")`.

    `most` is how many digits there may be after the point.
    """
    scale = scale_for(abs(value), unit)
    number = value / scale.divisor
    sensible = 0 if abs(number) >= 100 or number == int(number) else 1 if abs(number) >= 10 else 2  # noqa: PLR2004 -- three digits
    digits = sensible if most is None else min(sensible, most)
    figure = f"{scale.prefix}{number:.{digits}f}"
    if unit.name in _SCALED or unit.name == "percent":
        return figure, scale.suffix.strip()
    return figure + scale.suffix, unit.word.removesuffix("s") if value == 1 else unit.word


def short_text(value: float, unit: Unit) -> str:
    """A value with its unit in one short text."""
    return " ".join(part for part in text_of(value, unit) if part)


def _step(value: float, steps: _Scale) -> tuple[float, str]:
    if value == 0:
        return next(step for step in steps if step[0] == 1)
    return next((step for step in steps if value >= step[0]), steps[-1])

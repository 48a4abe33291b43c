"""The contract as the application's package has it: `make telemetry` writes what telemetry/ needs of it.

The package is installed where this project is not, so it cannot read the contract; a test compares.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from contract.prometheus import series
from contract.telemetry.application import METRICS, OFFSET_RANGES, PAGE_SIZES
from contract.telemetry.logs import JSON_ATTRIBUTES
from contract.telemetry.model import Metric, MetricType, Tag

PACKAGE = Path(__file__).parents[1] / "telemetry" / "src" / "genonaut_telemetry" / "metrics"

_HEAD = "# Written by `make telemetry` from contract/telemetry; not to be changed here.\n"
_KINDS = {MetricType.COUNT: "COUNT", MetricType.GAUGE: "GAUGE", MetricType.DISTRIBUTION: "DISTRIBUTION"}
_PLURALS = {"second": "seconds", "row": "rows"}


def write() -> list[Path]:
    """Bring the generated modules up to date; those that changed."""
    changed = []
    for name, text in modules().items():
        path = PACKAGE / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            changed.append(path)
    return changed


def modules() -> Mapping[str, str]:
    """The generated modules: name and text."""
    return {
        "vocabulary.py": _formatted(_vocabulary()),
        "definitions.py": _formatted(_definitions()),
        "api.py": _formatted(_api()),
    }


def _own_tags(metric: Metric) -> list[Tag]:
    """The tags that the sender of a value gives; the others are put on by agents, or are the same for a process."""
    return sorted((tag for tag in metric.tags if tag.values is not None), key=lambda tag: tag.key)


def _sets() -> dict[tuple[str, ...], str]:
    """Every set of values, and the name of its type: by the key of the tag, or the metric's where there are several."""
    by_key: dict[str, dict[tuple[str, ...], str]] = {}
    for metric in METRICS:
        for tag in _own_tags(metric):
            by_key.setdefault(tag.key, {}).setdefault(_sorted(tag), metric.name)
    names: dict[tuple[str, ...], str] = {}
    for key, found in by_key.items():
        for values, metric_name in found.items():
            names[values] = _camel(key if len(found) == 1 else f"{_identifier(metric_name)}_{key}")
    return names


def _vocabulary() -> Iterator[str]:
    yield _HEAD
    yield '"""The values that tags can have, and the attributes of logs."""\n'
    yield "from __future__ import annotations\nfrom typing import Literal\n"
    for values, name in sorted(_sets().items(), key=lambda item: item[1]):
        yield f"{name} = Literal[{', '.join(map(repr, values))}]"
    yield "\n"
    yield f"PAGE_SIZE_BOUNDS: tuple[tuple[float, PageSize], ...] = ({_bounds(PAGE_SIZES)})"
    yield '"""The highest page size of each range."""'
    yield f"OFFSET_BOUNDS: tuple[tuple[float, OffsetRange], ...] = ({_bounds(OFFSET_RANGES)})"
    yield '"""The highest offset of each range."""'
    yield f"LOG_ATTRIBUTES = frozenset({{{', '.join(map(repr, sorted(JSON_ATTRIBUTES)))}}})"
    yield '"""What lines of a log may carry beside their message."""'


def _bounds(ranges: Iterable[str]) -> str:
    """`"1-10"` ends at 10, `"over-100"` nowhere; words such as `cursor` are no ranges."""
    found = ""
    for name in ranges:
        if match := re.fullmatch(r"\d+-(\d+)", name):
            found += f"({match[1]}, {name!r}), "
        elif re.fullmatch(r"over-\d+", name):
            found += f"(float('inf'), {name!r}), "
    return found


def _definitions() -> Iterator[str]:
    yield _HEAD
    yield '"""Every metric of the contract."""\n'
    yield "from __future__ import annotations\n"
    yield "from genonaut_telemetry.metrics.model import Kind, Metric\n"
    for metric in METRICS:
        exposed = series(metric)
        tags = "".join(
            f"({tag.key!r}, frozenset({{{', '.join(map(repr, _sorted(tag)))}}}))," for tag in _own_tags(metric)
        )
        yield f"{_identifier(metric.name).upper()} = Metric("
        yield f"name={metric.name!r}, kind=Kind.{_KINDS[metric.type]}, description={metric.description!r},"
        if tags:
            yield f"tags=({tags}),"
        yield f"prometheus={exposed.name!r},"
        if exposed.buckets:
            yield f"buckets={exposed.buckets!r},"
        if metric.type is MetricType.GAUGE and metric.unit == "connection":
            yield "adds_up=True,"
        yield ")"
    yield f"METRICS = ({', '.join(_identifier(metric.name).upper() for metric in METRICS)},)"


def _api() -> Iterator[str]:
    yield _HEAD
    yield '"""One function for each metric of the contract: what is not in it is an error of types."""\n'
    yield "from __future__ import annotations\n"
    sets = _sets()
    yield f"from genonaut_telemetry.metrics.vocabulary import {', '.join(sorted(set(sets.values())))}"
    yield "from genonaut_telemetry.metrics import definitions"
    yield "from genonaut_telemetry.metrics.emit import emit\n"
    yield f"__all__ = {sorted(_identifier(metric.name) for metric in METRICS)!r}\n"
    for metric in METRICS:
        name, tags = _identifier(metric.name), _own_tags(metric)
        if metric.type is MetricType.COUNT:
            value, parameter = "count", "count: int = 1"
        else:
            value = _PLURALS.get(metric.unit or "", "value")
            parameter = f"{value}: float"
        keyword = "".join(f", {tag.key}: {sets[_sorted(tag)]}" for tag in tags)
        yield f"def {name}({parameter}{', *' + keyword if tags else ''}) -> None:"
        yield f'    """{metric.description} Sends {metric.name}."""'
        yield f"    emit(definitions.{name.upper()}, {value}{''.join(f', {tag.key}' for tag in tags)})\n"


def _sorted(tag: Tag) -> tuple[str, ...]:
    return tuple(sorted(tag.values or ()))


def _identifier(metric: str) -> str:
    return metric.removeprefix("genonaut.").replace(".", "_")


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _formatted(lines: Iterable[str]) -> str:
    text = "\n".join(lines)
    for command in (("check", "--quiet", "--select=I", "--fix"), ("format", "--quiet")):
        ran = subprocess.run(  # noqa: S603 - our own linter on our own text
            [sys.executable, "-m", "ruff", *command, "--config", str(PACKAGE.parents[3] / "pyproject.toml"),
             "--stdin-filename", str(PACKAGE / "generated.py"), "-"],
            input=text, capture_output=True, text=True, check=True,
        )  # fmt: skip
        text = ran.stdout
    return text

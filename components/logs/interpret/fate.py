"""The whole way of a line: agent, pipeline, scanner, metrics, archive, index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.logs.interpret.line import Line, arrived
from components.logs.interpret.processing import process
from components.logs.interpret.scanning import scrubbed
from components.logs.interpret.search import fits
from components.logs.spec import Exclusion, IndexSpec, LogsSpec, ScanRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """What became of one line."""

    line: Line
    """As people find it."""
    pipelines: tuple[str, ...]
    """The keys of those that it went through."""
    scrubbed_by_agent: tuple[str, ...]
    """The keys of the rules; so with those of Datadog."""
    scrubbed_by_datadog: tuple[str, ...]
    metrics: tuple[str, ...]
    """The names of the metrics that it counts for."""
    index: IndexSpec | None
    """None: an index of somebody else may take it."""
    exclusion: Exclusion | None
    """What leaves it, or a share of lines like it, out of the index."""


def fate(spec: LogsSpec, text: str, tags: Mapping[str, str], *, from_stderr: bool = False) -> Fate:
    """Follow a line of a container from the agent to its index; its quota is taken not to be used up."""
    text, by_agent = scrubbed(text, (rule for rule in spec.scanning if rule.at_agent))
    line = arrived(text, tags, from_stderr=from_stderr)
    pipelines: list[str] = []
    for pipeline in spec.pipelines:
        if fits(line, pipeline.query):
            process(line, pipeline.processors)
            pipelines.append(pipeline.key)
    by_datadog = _scan(line, spec.scanning)
    index = next((one for one in spec.indexes if fits(line, one.query)), None)
    return Fate(
        line=line,
        pipelines=tuple(pipelines),
        scrubbed_by_agent=by_agent,
        scrubbed_by_datadog=by_datadog,
        metrics=tuple(one.metric.name for one in spec.metrics if fits(line, one.query)),
        index=index,
        exclusion=next((one for one in index.exclusions if fits(line, one.query)), None) if index else None,
    )


def _scan(line: Line, rules: tuple[ScanRule, ...]) -> tuple[str, ...]:
    found: list[str] = []
    line.message, keys = scrubbed(line.message, rules)
    found += keys
    for name, value in line.attributes.items():
        if isinstance(value, str):
            own = tuple(rule for rule in rules if name not in rule.attributes_left_out)
            line.attributes[name], keys = scrubbed(value, own)
            found += keys
    return tuple(dict.fromkeys(found))

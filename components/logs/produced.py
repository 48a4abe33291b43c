"""What pipelines make of lines, held against the contract: attributes are facets, facets are made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from components.logs.interpret.grok import GrokError, first
from components.logs.interpret.processing import rules_of
from components.logs.processors import Category, Date, Grok, Message, Status, TraceId, Url
from components.logs.spec import PipelineSpec
from contract.query import QueryError, parse_search
from contract.query.search import Attribute
from contract.query.tree import walk
from contract.telemetry import EVENT_SOURCES

URL_PARTS = ("path",)
"""Members of a parsed URL that we search by; the others are not facets."""
Finding = tuple[str, str]
"""What is wrong, and what would be right."""


def queries(pipeline: PipelineSpec) -> Iterator[str]:
    """The queries of its categories."""
    for processor in pipeline.processors:
        if isinstance(processor, Category):
            yield from (query for _, query in processor.categories)


def check_grok(pipeline: PipelineSpec) -> Iterator[Finding]:
    """Rules that cannot be read, and samples that no rule fits."""
    for processor in pipeline.processors:
        if not isinstance(processor, Grok):
            continue
        try:
            rules = rules_of(processor)
        except GrokError as error:
            yield str(error), "docs/logs.md lists what is known"
            continue
        for sample in processor.samples:
            if first(rules, sample) is None:
                yield f"no rule fits the sample {sample!r}", "mend the rule, or take the sample out"


def check_attributes(pipelines: tuple[PipelineSpec, ...]) -> Iterator[Finding]:
    """Attributes that are made and not in the contract, facets that nothing makes, sources that nothing fills."""
    facets = {facet.name.removeprefix("@") for facet in EVENT_SOURCES["logs"].facets if facet.name.startswith("@")}
    everywhere: set[str] = set()
    for pipeline in pipelines:
        made, used = _made(pipeline), _used(pipeline)
        everywhere |= made
        for name in sorted(made - facets - used):
            yield f"{pipeline.key} makes @{name}, which the contract does not know", "contract/telemetry/events.py"
        for name in sorted(used - made):
            yield f"{pipeline.key} reads {name}, which nothing before it makes", "make it first"
    for name in sorted(facets - everywhere):
        yield f"nothing makes @{name}", "take the facet out of contract/telemetry/events.py, or make it"


def _made(pipeline: PipelineSpec) -> set[str]:
    made = set(pipeline.brings)
    for processor in pipeline.processors:
        match processor:
            case Grok():
                made |= _given(processor)
            case Category(target=target):
                made.add(target)
            case Url(target=target):
                made |= {f"{target}.{part}" for part in URL_PARTS}
            case _:
                pass
    return made


def _given(grok: Grok) -> set[str]:
    try:
        return {name for rule in rules_of(grok) for name in rule.attributes}
    except GrokError:
        # `check_grok` says so; here it must not hide what else is wrong.
        return set(re.findall(r":([\w.]+)", " ".join((*grok.rules, *grok.helpers))))


def _used(pipeline: PipelineSpec) -> set[str]:
    used: set[str] = set(_RESERVED & pipeline.brings)
    for processor in pipeline.processors:
        match processor:
            case Status(source=source) | Date(source=source) | Message(source=source) | TraceId(source=source):
                used.add(source)
            case Url(source=source):
                used.add(source)
            case Grok(source=source) if source != "message":
                used.add(source)
            case _:
                pass
    for query in queries(pipeline):
        used |= _named(query)
    return used


_RESERVED = frozenset({"level", "timestamp", "dd.trace_id", "dd.span_id", "dd.service", "dd.env", "dd.version"})
"""What Datadog reads of JSON lines by itself."""


def _named(query: str) -> set[str]:
    try:
        tree = parse_search(query)
    except QueryError:
        return set()
    nodes = (node for node, _ in walk(tree))
    return {one.name[1:] for one in nodes if isinstance(one, Attribute) and one.name.startswith("@")}

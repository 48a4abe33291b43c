"""What the processors of a pipeline make of a line."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, urlsplit

from components.logs.interpret.grok import Rule, compile_rules, first
from components.logs.interpret.line import Line, date_of, status_of
from components.logs.interpret.search import fits
from components.logs.processors import Category, Date, Grok, Message, Processor, Status, TraceId, Url


def process(line: Line, processors: tuple[Processor, ...]) -> None:
    """Change the line as the processors do, one after the other."""
    for processor in processors:
        _apply(line, processor)


@cache
def rules_of(grok: Grok) -> tuple[Rule, ...]:
    """The rules of a processor, compiled; raises GrokError."""
    return compile_rules(grok.rules, grok.helpers)


def _apply(line: Line, processor: Processor) -> None:  # noqa: PLR0912 -- one branch for each kind
    match processor:
        case Grok():
            text = line.message if processor.source == "message" else line.attributes.get(processor.source)
            found = first(rules_of(processor), text) if isinstance(text, str) else None
            if found:
                line.attributes |= found[1]
        case Category(target=target, categories=categories):
            for name, query in categories:
                if fits(line, query):
                    line.attributes[target] = name
                    break
        case Status(source=source):
            if source in line.attributes:
                line.status = status_of(line.attributes[source])
        case Date(source=source):
            if source in line.attributes:
                line.date = date_of(line.attributes[source]) or line.date
        case Message(source=source):
            if source in line.attributes:
                line.message = str(line.attributes[source])
        case TraceId(source=source):
            if source in line.attributes:
                line.trace_id = str(line.attributes[source])
        case Url(source=source, target=target):
            if isinstance(line.attributes.get(source), str):
                line.attributes |= _members(target, line.attributes[source])


def _members(target: str, url: str) -> dict[str, str]:
    try:
        parts = urlsplit(url)
        query = {f"queryString.{name}": value for name, value in parse_qsl(parts.query)}
    except ValueError:
        return {}
    found = {"scheme": parts.scheme, "host": parts.hostname or "", "path": parts.path}
    return {f"{target}.{name}": value for name, value in {**found, **query}.items() if value}

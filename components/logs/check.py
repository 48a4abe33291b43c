"""Everything that is wrong with what we do with logs, found before anything is declared. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from components.logs.patterns import refused
from components.logs.produced import check_attributes, check_grok, queries
from components.logs.spec import ArchiveSpec, Exclusion, IndexSpec, LogsSpec, PipelineSpec, ScanRule, Store
from contract.proof import prove_search
from contract.query import QueryError, parse_search
from contract.telemetry import LogMetric
from contract.telemetry.cardinality import series
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

RETENTIONS = (3, 7, 15, 30, 45, 60, 90, 180, 360)
"""Days that Datadog offers (https://docs.datadoghq.com/logs/log_configuration/indexes/#update-log-retention)."""
MOST_SERIES = 200
"""Of one metric out of logs in one environment: every series of it is billed as one of our own."""
PRIORITIES = range(1, 6)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_HOUR = re.compile(r"([01]\d|2[0-3]):00")
_OFFSET = re.compile(r"-(0\d|1[0-2]):00|\+(0\d|1[0-4]):00")
_TAG = re.compile(r"[a-z][a-z0-9_-]*")


def check(spec: LogsSpec) -> list[Problem]:
    """The problems of all parts at once."""
    return [
        *_indexes(spec),
        *_pipelines(spec),
        *_metrics(spec),
        *_scanning(spec.scanning),
        *(_archive(spec.archive) if spec.archive else ()),
    ]


def _indexes(spec: LogsSpec) -> Iterator[Problem]:
    names = [one.name for one in spec.indexes]
    yield from _twice("logs.indexes", names, "indexes have this name")
    yield from _twice(
        "logs.indexes", [one.query for one in spec.indexes], "indexes have this filter", "the first gets all"
    )
    for name in sorted({*names} & {*spec.other_indexes}):
        yield Problem("logs.otherIndexes", f"{name} is one of ours", "name those that somebody else made")
    yield from _twice("logs.otherIndexes", spec.other_indexes, "of these have this name")
    total = sum(one.quota.events for one in spec.indexes)
    if total > spec.planned_events:
        yield Problem(
            "logs.indexes",
            f"quotas of {total:,} lines a day together",
            f"at most {spec.planned_events:,}, the plan of costs (limits.usage_logs)",
        )
    for one in spec.indexes:
        yield from (Problem(f"logs.indexes.{one.name}", what, hint) for what, hint in _index(one, spec))


def _index(one: IndexSpec, spec: LogsSpec) -> Iterator[tuple[str, str]]:
    if not _NAME.fullmatch(one.name):
        yield f"{one.name!r} is no name of an index", "small letters, digits and hyphens, a letter first"
    if one.retention_days not in RETENTIONS:
        yield f"Datadog does not offer {one.retention_days} days", f"one of {', '.join(map(str, RETENTIONS))}"
    if one.quota.events < 1:
        yield f"a quota of {one.quota.events} lines", "1 or more"
    if not 50 <= one.quota.warn_at <= 99.99:  # noqa: PLR2004 -- Datadog's limits, as the hint says
        yield f"warns at {one.quota.warn_at:g} % of the quota", "50 to 99.99"
    if not _HOUR.fullmatch(one.quota.reset):
        yield f"the day begins at {one.quota.reset}", "a full hour, such as 00:00"
    if not _OFFSET.fullmatch(one.quota.offset):
        yield f"an offset of {one.quota.offset} from UTC", "full hours, from -12:00 to +14:00"
    own = tuple(world for world in spec.worlds if world.environment == one.environment)
    if not own:
        yield f"no logs of {one.environment} come here", "an environment of this organisation"
    yield from ((f"filter: {finding}", one.query) for finding in _proved(one.query, own))
    for name, count in Counter(each.name for each in one.exclusions).items():
        if count > 1:
            yield f"{count} exclusions are called {name}", "names are unique"
    for query, count in Counter(each.query for each in one.exclusions).items():
        if count > 1:
            yield f"{count} exclusions of {query}", "only the first of them counts"
    for each in one.exclusions:
        yield from _exclusion(each, own)


def _exclusion(one: Exclusion, worlds: tuple[World, ...]) -> Iterator[tuple[str, str]]:
    if not 0 < one.share <= 1:
        yield f"{one.name} leaves out a share of {one.share:g}", "above 0, at most 1"
    yield from ((f"{one.name}: {finding}", one.query) for finding in _proved(one.query, worlds))


def _pipelines(spec: LogsSpec) -> Iterator[Problem]:
    yield from _twice("logs.pipelines", [one.key for one in spec.pipelines], "pipelines have this key")
    yield from _twice("logs.pipelines", [one.query for one in spec.pipelines], "pipelines have this filter")
    for one in spec.pipelines:
        yield from (Problem(f"logs.pipelines.{one.key}", what, hint) for what, hint in _pipeline(one, spec.worlds))
    yield from (Problem("logs.pipelines", what, hint) for what, hint in check_attributes(spec.pipelines))


def _pipeline(one: PipelineSpec, worlds: tuple[World, ...]) -> Iterator[tuple[str, str]]:
    if not is_logical_name(one.key):
        yield "is no logical name", "small letters, digits and hyphens"
    yield from ((f"filter: {finding}", one.query) for finding in _proved(one.query, worlds))
    for query in queries(one):
        # The attributes of a category's query may be the pipeline's own; `check_attributes` looks at those.
        yield from ((finding, query) for finding in _syntax(query))
    yield from check_grok(one)


def _metrics(spec: LogsSpec) -> Iterator[Problem]:
    yield from _twice("logs.metrics", [one.key for one in spec.metrics], "metrics have this key")
    yield from _twice("logs.metrics", [one.metric.name for one in spec.metrics], "metrics have this name")
    for one in spec.metrics:
        yield from (Problem(f"logs.metrics.{one.key}", what, hint) for what, hint in _metric(one, spec.worlds))


def _metric(one: LogMetric, worlds: tuple[World, ...]) -> Iterator[tuple[str, str]]:
    measure = ("avg", one.measure) if one.measure else None
    yield from ((finding, one.query) for finding in _proved(one.query, worlds, one.groups.values(), measure))
    if one.metric.keys != frozenset(one.groups):
        yield f"has the tags {', '.join(sorted(one.metric.keys))}", f"groups give {', '.join(sorted(one.groups))}"
    most = max((series(one.metric, world.environment) for world in worlds), default=0)
    if most > MOST_SERIES:
        yield f"may have {most} series", f"at most {MOST_SERIES}: group by fewer or bounded attributes"


def _scanning(rules: tuple[ScanRule, ...]) -> Iterator[Problem]:
    yield from _twice("logs.scanning", [one.key for one in rules], "rules have this key")
    yield from _twice("logs.scanning", [one.pattern for one in rules], "rules have this pattern")
    for one in rules:
        yield from (Problem(f"logs.scanning.{one.key}", what, hint) for what, hint in _rule(one))


def _rule(one: ScanRule) -> Iterator[tuple[str, str]]:
    if reason := refused(one.pattern):
        yield f"pattern: {reason}", "what RE2 and Datadog's scanner both know"
    elif re.search(one.pattern, one.replacement, re.ASCII):
        yield f"finds its own replacement {one.replacement}", "text that no rule finds"
    if one.priority not in PRIORITIES:
        yield f"priority {one.priority}", "1 (most serious) to 5"
    if not _TAG.fullmatch(one.tag):
        yield f"the tag sensitive_data:{one.tag}", "small letters, digits, _ and -"
    if any(sign in one.replacement for sign in '$"\\'):
        yield f"the replacement {one.replacement}", "no $, which the agent takes for a group; nothing JSON would escape"


def _archive(one: ArchiveSpec) -> Iterator[Problem]:
    needed = {Store.S3: ("account", "role"), Store.GCS: ("account",), Store.AZURE: ("account", "role", "tenant")}
    for name in needed[one.store]:
        if not getattr(one, name):
            yield Problem(f"logs.archive.{name}", f"an archive in {one.store} needs it", "see docs/logs.md")


def _syntax(query: str) -> Iterator[str]:
    try:
        parse_search(query)
    except QueryError as error:
        yield error.reason


def _proved(
    query: str, worlds: Iterable[World], groups: Iterable[str] = (), measure: tuple[str, str] | None = None
) -> list[str]:
    """Findings of the first environment, where a search finds nothing in any."""
    tried = [prove_search("logs", query, world, group_by=tuple(groups), measure=measure) for world in worlds]
    return tried[0] if tried and all(tried) else []


def _twice(where: str, names: Iterable[str], what: str, hint: str = "each once") -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(f"{where}.{name}", f"{count} {what}", hint)

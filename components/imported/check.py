"""What is wrong with imported entries, and what our own would have. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from components.imported.spec import Entry, ImportedDashboard, ImportedMonitor, ImportedSpec
from components.monitors.lint.template import read
from contract.proof import prove_metric, prove_monitor, prove_search
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

_OLD_MISSING_DATA = ("notify_no_data", "no_data_timeframe")
_TAGS = {
    "team": "no owner: a tag `team:...`",
    "service": "no service: a tag `service:...`",
    "tier": "no tier: no notification rule matches it; a tag `tier:critical|warning|business`",
}


def check(spec: ImportedSpec, world: World) -> list[Problem]:
    """What keeps a stack from running: keys, and queries that are blind without a reason."""
    counts = Counter(one.key for one in spec.entries)
    problems = [
        Problem(f"imported.{key}", f"{count} entries have this key", "keys are unique")
        for key, count in counts.items()
        if count > 1
    ]
    for one in spec.entries:
        if not is_logical_name(one.key):
            problems.append(
                Problem(f"imported.{one.key}", "is not a usable key", "lower case letters, digits, hyphens")
            )
        found = blind(one, world)
        if found and not one.blind_because:
            problems += [Problem(f"imported.{one.key}", what, "mend it, or say `blind_because`") for what in found]
        if one.blind_because and not found:
            problems.append(Problem(f"imported.{one.key}.blind_because", "it is not blind", "leave it out"))
    return problems


def blind(entry: Entry, world: World) -> list[str]:
    """Findings of the proof: what its queries select that nothing emits."""
    if isinstance(entry, ImportedMonitor):
        return prove_monitor(entry.type, entry.query, entry.options, world)
    variables = {
        one["name"]: str(one["prefix"]) for one in entry.body.get("template_variables") or () if one.get("prefix")
    }
    return list(dict.fromkeys(what for query in _queries(entry.body) for what in _proved(query, world, variables)))


def advice(entry: Entry) -> list[str]:
    """What our own alerts have and this one lacks, each with what would be right."""
    if isinstance(entry, ImportedDashboard):
        owned = any(str(tag).startswith("team:") for tag in entry.body.get("tags") or ())
        return [] if owned else ["no owner: a tag `team:...`"]
    keys = {tag.partition(":")[0] for tag in entry.tags}
    found = [what for key, what in _TAGS.items() if key not in keys]
    if "runbook" not in entry.message.lower() and not entry.assets:
        found.append("no runbook: a page in docs/runbooks, named in the message")
    for handle in dict.fromkeys(read(entry.message).handles):
        found.append(f"{handle} in the message is told in every state: leave it to the notification rules")
    if any(entry.options.get(name) for name in _OLD_MISSING_DATA):
        found.append("says the old way what missing data means: `on_missing_data` in place of `notify_no_data`")
    if entry.priority is None:
        found.append("no priority: 1 (highest) to 5")
    return found


def _queries(body: Any) -> Iterator[Mapping[str, Any]]:
    """Every query of a dashboard: the older form `q`, and those that name their data source."""
    if isinstance(body, Mapping):
        if isinstance(body.get("q"), str):
            yield {"data_source": "metrics", "query": body["q"]}
        if "data_source" in body:
            yield body
        for each in body.values():
            yield from _queries(each)
    elif isinstance(body, list | tuple):
        for each in body:
            yield from _queries(each)


def _proved(query: Mapping[str, Any], world: World, variables: Mapping[str, str]) -> list[str]:
    if query["data_source"] == "metrics":
        return prove_metric(str(query.get("query")), world, variables)
    if isinstance(query.get("search"), Mapping):
        return prove_search(query["data_source"], str(query["search"].get("query", "")), world, variables=variables)
    return []

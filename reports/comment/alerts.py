"""What becomes of each alert: of all monitors that one alert consists of, together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components.monitors.compile import AFTERMATH_SUFFIX, SYMPTOM_SUFFIX
from infra.naming import BURN_IN, Tier
from reports.comment.areas import MONITOR, TEST
from reports.comment.changes import Change, Kind
from reports.comment.checkout import Checkout
from reports.comment.monitor import COMPOSITE, OTHER_NUMBERS, Words, condition_words, monitor_words, tag

CONDITIONS = "conditions"
"""In place of a tier: monitors that are parts of alerts on objectives and tell nobody."""
ORDER = (*Tier, CONDITIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertChange:
    """What becomes of one alert."""

    key: str
    title: str
    tier: str
    kind: Kind
    words: Words
    condition: str
    """When it fires, for one that is new or goes; in Markdown."""
    burns_in: bool
    runbook: str
    """Address of its runbook; empty where it names none."""


def alert_changes(changes: Iterable[Change], known: Checkout) -> tuple[AlertChange, ...]:
    """By tier, then by key."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        if change.type in {MONITOR, TEST}:
            grouped.setdefault(alert_key(change), []).append(change)
    found = [_alert(key, parts, known) for key, parts in grouped.items()]
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.tier), one.key)))


def alert_key(change: Change) -> str:
    """The key of the alert that a monitor is a part of."""
    role = tag(change.after or change.before, "role")
    suffix = {"symptom": SYMPTOM_SUFFIX, "aftermath": AFTERMATH_SUFFIX}.get(role, "")
    return change.name.removesuffix(suffix)


def runbook_of(inputs: Mapping[str, Any]) -> str:
    """The address of the runbook that a monitor or test names; empty where it names none."""
    assets = [one.get("url", "") for one in inputs.get("assets") or () if one.get("category") == "runbook"]
    said = re.search(r"^Runbook: (\S+)$", str(inputs.get("message", "")), re.MULTILINE)
    return str(assets[0]) if assets else said[1] if said else ""


def _alert(key: str, parts: list[Change], known: Checkout) -> AlertChange:
    # The monitor of the alert's own key speaks; where it stays as it is, another part stands for it.
    speaking = next((one for one in parts if one.name == key), parts[0])
    inputs = speaking.after or speaking.before
    kinds = {one.kind for one in parts}
    kind = kinds.pop() if len(kinds) == 1 else Kind.REPLACED if speaking.kind is Kind.REPLACED else Kind.CHANGED
    unit = known.units.get(key, "")
    both = [one for one in parts if one.before and one.after]
    return AlertChange(
        key=key,
        title=str(inputs.get("name", key)).removesuffix(" (symptom)").removesuffix(" (and its aftermath)"),
        tier=_tier(key, inputs, known),
        kind=kind,
        words=_together([monitor_words(one, unit) for one in sorted(both, key=_measures_first)], parts),
        condition=next(filter(None, (condition_words(one.after or one.before, unit) for one in parts)), ""),
        burns_in=BURN_IN in (inputs.get("tags") or ()),
        runbook=runbook_of(inputs),
    )


def _measures_first(change: Change) -> bool:
    return (change.after or change.before).get("type") == COMPOSITE


def _tier(key: str, inputs: Mapping[str, Any], known: Checkout) -> str:
    tags = known.heard[key].tags if key in known.heard else ()
    tier = tag(inputs, "tier") or tag({"tags": sorted(tags)}, "tier")
    return tier if tier in set(Tier) else CONDITIONS


def _together(words: list[Words], parts: list[Change]) -> Words:
    said = [word for one in words for word in one.said]
    if len(set(said)) > 1:
        said = [word for word in said if word != OTHER_NUMBERS]
    # Parts that come or go beside others that stay: it is told in another way than before.
    stays = any(one.before and one.after for one in parts)
    if stays and any(one.name.endswith(SYMPTOM_SUFFIX) and one.kind is Kind.CREATED for one in parts):
        said.append("keeps quiet from now on while a cause alerts")
    if stays and any(one.name.endswith(SYMPTOM_SUFFIX) and one.kind is Kind.DELETED for one in parts):
        said.append("no longer keeps quiet while a cause alerts")
    return Words(
        said=tuple(dict.fromkeys(said)),
        duller=tuple(dict.fromkeys(word for one in words for word in one.duller)),
        detail=tuple(line for one in words for line in one.detail),
    )

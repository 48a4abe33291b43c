"""What is kept, for how long, and what share of it, stays within what was agreed to pay for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policy.rules.model import Parameter, Resource, Rule, Settings, body, items, number, part
from policy.rules.workloads import containers, pod_of

# Searches that can match a small share only: errors, and what is slower than something.
_NARROW = re.compile(r"status:error|error\.|duration:>|failure|contentful_paint:>")
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0, "y": 365.0}
_RETENTION = re.compile(r"--storage\.tsdb\.retention\.time=(?P<number>\d+)(?P<unit>[hdwy])")


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """What would cost more than was agreed."""
    own = resource.properties
    match resource.type:
        case "datadog:index/logsIndex:LogsIndex":
            yield from _index(own, settings)
        case "datadog:index/apmRetentionFilter:ApmRetentionFilter":
            share = number(own.get("rate"))
            if not _NARROW.search(str(part(own, "filter", "query"))):
                yield from _more("rate", 100 * share if share is not None else None, settings["spansPercent"], "%")
        case "datadog:index/rumRetentionFilter:RumRetentionFilter":
            if not _NARROW.search(str(own.get("query"))):
                yield from _more("sampleRate", own.get("sampleRate"), settings["sessionsPercent"], "%")
        case "kubernetes:core/v1:ConfigMap":
            yield from _browsers(own, settings)
        case _:
            yield from _prometheus(resource, settings)


def _index(own: Mapping[str, Any], settings: Settings) -> Iterator[str]:
    yield from _more("retentionDays", own.get("retentionDays"), settings["logsDays"], " days")
    # An index without a number keeps what the plan says, which may be anything.
    if own.get("retentionDays") is None:
        yield f"retentionDays: is not set; keep at most {settings['logsDays']} days"
    if own.get("disableDailyLimit") or own.get("dailyLimit") is None:
        yield f"dailyLimit: is not set, and a loop that logs can cost anything; at most {settings['logsPerDay']} events"
    else:
        yield from _more("dailyLimit", own.get("dailyLimit"), settings["logsPerDay"], " events a day")


def _browsers(own: Mapping[str, Any], settings: Settings) -> Iterator[str]:
    for file, text in (own.get("data") or {}).items() if isinstance(own.get("data"), Mapping) else ():
        share = part(body(text), "sessionReplaySampleRate")
        yield from _more(f"data[{file}].sessionReplaySampleRate", share, settings["replaysPercent"], "%")


def _prometheus(resource: Resource, settings: Settings) -> Iterator[str]:
    for container in containers(*found) if (found := pod_of(resource)) else ():
        for argument in items(container.body.get("args")):
            if kept := _RETENTION.fullmatch(str(argument)):
                days = int(kept["number"]) * _DAYS[kept["unit"]]
                yield from _more(f"{container.where}.args", days, settings["prometheusDays"], " days")


def _more(where: str, value: Any, most: float, unit: str) -> Iterator[str]:
    if (amount := number(value)) is not None and amount > most:
        yield f"{where}: is {amount:g}{unit}; at most {most:g}{unit} was agreed"


def _limit(default: float, meaning: str, most: float | None = None) -> Parameter:
    schema: dict[str, Any] = {"type": "number", "minimum": 0}
    return Parameter(schema=schema | ({"maximum": most} if most else {}), default=default, meaning=meaning)


RULE = Rule(
    name="within-budget",
    summary="Retention and sampling stay within what was agreed to pay for.",
    remedy="Keep less, or agree on more and raise the limit in the stack's policy configuration.",
    check=check,
    parameters={
        "logsDays": _limit(15, "days that an index keeps logs, at most"),
        "logsPerDay": _limit(1_500_000, "events that an index takes in a day, at most"),
        "spansPercent": _limit(
            20, "share of spans that a retention filter keeps of what is neither failed nor slow", 100
        ),
        "sessionsPercent": _limit(10, "share of browser sessions kept that neither failed nor were slow", 100),
        "replaysPercent": _limit(5, "share of browser sessions that are recorded", 100),
        "prometheusDays": _limit(90, "days that Prometheus keeps metrics in the cluster"),
    },
)

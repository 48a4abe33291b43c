"""From alerts to the arguments of Datadog monitors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from components.monitors.spec import MonitorSpec, TierSpec
from contract.proof import prove_monitor
from contract.query.text import number_text
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

TYPE = "query alert"


def check(spec: TierSpec, world: World) -> list[Problem]:
    """Everything that is wrong with these alerts in this environment."""
    counts = Counter(monitor.key for monitor in spec.monitors)
    problems = [
        Problem(_where(key), f"{n} alerts have this key", "keys are unique") for key, n in counts.items() if n > 1
    ]
    for monitor in spec.monitors:
        problems += [Problem(_where(monitor.key), what, hint) for what, hint in _wrong(monitor, world)]
    return problems


def compile_monitor(spec: MonitorSpec, tier: TierSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.Monitor` for this alert."""
    runbook = f"{tier.runbook_base_url}/{spec.runbook}.md"
    arguments: dict[str, Any] = {
        "name": spec.title,
        "type": TYPE,
        "query": query(spec),
        "message": _message(spec, runbook),
        "monitor_thresholds": _thresholds(spec),
        "priority": str(tier.urgency.priority),
        "tags": [f"service:{spec.service}", f"team:{spec.owner}", f"tier:{spec.tier}"],
        "assets": [{"category": "runbook", "name": "Runbook", "url": runbook}],
        "on_missing_data": spec.on_missing_data.value,
        "require_full_window": spec.require_full_window,
        "evaluation_delay": spec.evaluation_delay,
        "new_group_delay": spec.new_group_delay,
        "include_tags": True,
        # Checked here, before anything is declared; the provider would ask the API at every preview.
        "validate": False,
    }
    if tier.urgency.renotify_minutes is not None:
        arguments |= {"renotify_interval": tier.urgency.renotify_minutes, "renotify_statuses": ["alert", "no data"]}
    return arguments


def query(spec: MonitorSpec) -> str:
    """The monitor query, with the critical threshold in it."""
    return f"{spec.expression} {spec.comparator} {number_text(spec.thresholds.critical)}"


def _where(key: str) -> str:
    return f"monitors.{key}"


def _wrong(spec: MonitorSpec, world: World) -> Iterator[tuple[str, str]]:
    if not is_logical_name(spec.key):
        yield "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    for finding in prove_monitor(TYPE, query(spec), {"thresholds": _thresholds(spec)}, world):
        yield finding, "see contract/"


def _thresholds(spec: MonitorSpec) -> dict[str, str]:
    limits = spec.thresholds
    return {
        name: number_text(value)
        for name in ("critical", "critical_recovery", "warning", "warning_recovery")
        if (value := getattr(limits, name)) is not None
    }


def _message(spec: MonitorSpec, runbook: str) -> str:
    # No handles: who is told follows from the tags, by notification rules.
    now = f"It is {{{{value}}}} {spec.unit}"
    blocks = {
        "is_alert": f"{spec.meaning} {now}; the threshold is {{{{threshold}}}} {spec.unit}.",
        "is_no_data": f"No data. Whether this is so cannot be told: {spec.meaning}",
        "is_recovery": f"Recovered. {now}.",
    }
    if spec.thresholds.warning is not None:
        blocks["is_warning"] = f"{spec.meaning} {now}; the warning threshold is {{{{warn_threshold}}}} {spec.unit}."
    lines = [f"{{{{#{name}}}}}\n{text}\n{{{{/{name}}}}}" for name, text in blocks.items()]
    return "\n".join([*lines, f"Runbook: {runbook}"])

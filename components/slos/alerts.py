"""From an objective to the monitors that say when its error budget is in danger.

Events: a burn alert is a composite of `burn && enough bad events`, once for each window of its tier; the conditions
carry no tier, so that nobody hears of them alone. Time: nothing to guard, the burn monitors are the alerts.
See docs/objectives.md and docs/adr/0016-low-traffic-guard.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.slos import burn
from components.slos.spec import BurnWindow, Events, ObjectivesSpec, SloSpec
from contract.query.text import number_text
from infra.naming import Tier

SPEED: Mapping[Tier, str] = {Tier.CRITICAL: "fast", Tier.WARNING: "slow"}
"""What a burn that concerns a tier is called in the names of its alerts."""
BURN_RUNBOOK, BUDGET_RUNBOOK = "error-budget-burn", "error-budget-spent"
_SAYS: Mapping[str, str] = {BURN_RUNBOOK: "budget burns", BUDGET_RUNBOOK: "budget is nearly spent"}
CONDITION_TAG = "role:condition"
"""On monitors that are only parts of an alert."""
_SLO_ALERT: Mapping[str, Any] = {"type": "slo alert", "notify_no_data": False}
# Without events there is nothing to burn. The newer option for missing data is not available here.


@dataclass(frozen=True, kw_only=True, slots=True)
class MonitorPlan:
    """A monitor whose query may name objects by ids that are not known before they are made."""

    key: str
    arguments: Mapping[str, Any]
    """The arguments of `pulumi_datadog.Monitor` without the query."""
    text: str
    """The query; where `refers_to` is not empty, with each id as the logical name in braces."""
    refers_to: tuple[str, ...] = ()
    """Logical names of the objective and the monitors whose ids the query holds; made before this one."""

    def query(self, ids: Mapping[str, str]) -> str:
        """The query with the ids, given by logical name."""
        return self.text.format_map(ids) if self.refers_to else self.text


def plans(slo: SloSpec, spec: ObjectivesSpec) -> Iterator[MonitorPlan]:
    """The monitors of an objective, in the order they are to be made."""
    windows = spec.windows.get(slo.timeframe, ())
    for tier in Tier:
        of_tier = [window for window in windows if window.tier is tier]
        if not of_tier:
            continue
        if isinstance(slo.sli, Events):
            for window in of_tier:
                yield _burn(slo, window, _condition(slo, f"burns in {window.long_hours} h"))
                yield _enough(slo, slo.sli, window, spec.fewest_bad_events)
            yield _guarded(slo, of_tier, tier, spec)
        else:
            for window in of_tier:
                yield _burn(slo, window, _alert(slo, spec, tier, BURN_RUNBOOK, _meaning([window])))
    yield _budget(slo, spec)


def burn_key(slo: SloSpec, window: BurnWindow) -> str:
    """Logical name of the monitor that watches one window of an objective."""
    return f"{slo.key}-burn-{window.long_hours}h"


def enough_key(slo: SloSpec, window: BurnWindow) -> str:
    """Logical name of the guard of one window of an objective."""
    return f"{slo.key}-enough-{window.long_hours}h"


def _burn(slo: SloSpec, window: BurnWindow, arguments: Mapping[str, Any]) -> MonitorPlan:
    rate = number_text(float(burn.factor(window, slo.timeframe)))
    windows = f'.long_window("{window.long_hours}h").short_window("{window.short_minutes}m")'
    return MonitorPlan(
        key=burn_key(slo, window),
        arguments={**arguments, **_SLO_ALERT, "monitor_thresholds": {"critical": rate}},
        text=f'burn_rate("{{{slo.key}}}").over("{slo.timeframe}"){windows} > {rate}',
        refers_to=(slo.key,),
    )


def _enough(slo: SloSpec, sli: Events, window: BurnWindow, fewest: int) -> MonitorPlan:
    arguments = {
        **_condition(slo, f"had {fewest} bad events in {window.long_hours} h"),
        "type": "query alert",
        "monitor_thresholds": {"critical": str(fewest)},
        "require_full_window": False,
        # A count without data is zero: nothing went wrong, and the guard is closed.
        "on_missing_data": "default",
        "evaluation_delay": 60,
        "new_group_delay": 60,
    }
    return MonitorPlan(
        key=enough_key(slo, window), arguments=arguments, text=f"sum(last_{window.long_hours}h):{sli.bad} >= {fewest}"
    )


def _guarded(slo: SloSpec, windows: list[BurnWindow], tier: Tier, spec: ObjectivesSpec) -> MonitorPlan:
    pairs = [(burn_key(slo, window), enough_key(slo, window)) for window in windows]
    arguments = _alert(slo, spec, tier, BURN_RUNBOOK, _meaning(windows))
    return MonitorPlan(
        key=f"{slo.key}-burn-{SPEED[tier]}",
        arguments={**arguments, "type": "composite", "notify_no_data": False},
        text=" || ".join(f"({{{burns}}} && {{{enough}}})" for burns, enough in pairs),
        refers_to=tuple(key for pair in pairs for key in pair),
    )


def _budget(slo: SloSpec, spec: ObjectivesSpec) -> MonitorPlan:
    spent = number_text(spec.budget_spent)
    meaning = f"Most of its error budget for {slo.timeframe} is spent: hardly room for another incident."
    return MonitorPlan(
        key=f"{slo.key}-budget",
        arguments={
            **_alert(slo, spec, Tier.WARNING, BUDGET_RUNBOOK, meaning),
            **_SLO_ALERT,
            "monitor_thresholds": {"critical": spent, "warning": number_text(spec.budget_spent_warning)},
        },
        text=f'error_budget("{{{slo.key}}}").over("{slo.timeframe}") > {spent}',
        refers_to=(slo.key,),
    )


def _meaning(windows: list[BurnWindow]) -> str:
    paces = " or ".join(f"{number_text(window.budget)} % of it in {window.long_hours} h" for window in windows)
    return f"Its error budget is being spent too fast: {paces}, and it goes on."


def _alert(slo: SloSpec, spec: ObjectivesSpec, tier: Tier, runbook: str, meaning: str) -> dict[str, Any]:
    url = f"{spec.runbook_base_url}/{runbook}.md"
    urgency = spec.urgency[tier]
    arguments = {
        **_common(),
        "name": f"[{slo.service}] {slo.title}: {_SAYS[runbook]}",
        # No handles: who is told follows from the tags, by notification rules.
        "message": _message(meaning, url),
        "priority": str(urgency.priority),
        "tags": [*_tags(slo), f"tier:{tier}"],
        "assets": [{"category": "runbook", "name": "Runbook", "url": url}],
    }
    if urgency.renotify_minutes is not None:
        arguments |= {"renotify_interval": urgency.renotify_minutes, "renotify_statuses": ["alert"]}
    return arguments


def _message(meaning: str, runbook: str) -> str:
    blocks = {"is_alert": meaning, "is_warning": meaning, "is_recovery": "Recovered."}
    lines = [f"{{{{#{name}}}}}\n{text}\n{{{{/{name}}}}}" for name, text in blocks.items()]
    return "\n".join([*lines, f"Runbook: {runbook}"])


def _condition(slo: SloSpec, says: str) -> dict[str, Any]:
    return {
        **_common(),
        "name": f"[{slo.service}] {slo.title}: {says} (condition)",
        "message": "Part of an alert. Nobody is told of it alone.",
        "tags": [*_tags(slo), CONDITION_TAG],
    }


def _common() -> dict[str, Any]:
    # Checked here, before anything is declared; the provider would ask the API at every preview.
    return {"include_tags": True, "validate": False}


def _tags(slo: SloSpec) -> list[str]:
    return [f"service:{slo.service}", f"team:{slo.owner}", f"slo:{slo.key}"]

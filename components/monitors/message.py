"""What an alert says, in each of its states. No handles: who is told follows from the tags, by notification rules."""

from __future__ import annotations

from collections.abc import Mapping

from components.monitors.condition import CheckCondition
from components.monitors.spec import MissingData, MonitorSpec
from contract.query.text import number_text

_POLICY: Mapping[MissingData, str] = {
    MissingData.DEFAULT: "counts as zero for a count, and otherwise changes nothing",
    MissingData.SHOW: "is shown, and nobody is told",
    MissingData.NOTIFY: "is told like an alert",
    MissingData.RESOLVE: "ends the alert",
}


def message(spec: MonitorSpec, missing: MissingData, runbook: str) -> str:
    """The message of the monitor that evaluates the condition."""
    condition = spec.condition
    if isinstance(condition, CheckCondition):
        blocks = {
            "is_alert": f"{spec.meaning} The check says: {{{{check_message}}}}",
            "is_recovery": "Recovered.",
        }
    else:
        now = f"It is {{{{value}}}} {spec.unit}"
        blocks = {
            "is_alert": f"{spec.meaning} {now}; the threshold is {{{{threshold}}}} {spec.unit}.",
            "is_recovery": f"Recovered. {now}.",
        }
        if condition.thresholds.warning is not None:
            blocks["is_warning"] = f"{spec.meaning} {now}; the warning threshold is {{{{warn_threshold}}}} {spec.unit}."
    if missing in {MissingData.SHOW, MissingData.NOTIFY}:
        blocks["is_no_data"] = _unknown(spec)
    return _text(spec, blocks, missing, runbook)


def composite_message(spec: MonitorSpec, missing: MissingData, runbook: str) -> str:
    """The message of the composite, which sees the value of its symptom (`a`, the first) but not its thresholds."""
    condition = spec.condition
    blocks = {"is_alert": spec.meaning, "is_recovery": "Recovered, or told about by the alert on its cause."}
    if not isinstance(condition, CheckCondition):
        now = f"{spec.meaning} It is {{{{a.value}}}} {spec.unit}"
        limits = condition.thresholds
        blocks["is_alert"] = f"{now}; the threshold is {number_text(limits.critical)} {spec.unit}."
        if limits.warning is not None:
            blocks["is_warning"] = f"{now}; the warning threshold is {number_text(limits.warning)} {spec.unit}."
    if missing is MissingData.NOTIFY:
        blocks["is_no_data"] = _unknown(spec)
    return _text(spec, blocks, missing, runbook)


def _unknown(spec: MonitorSpec) -> str:
    return f"No data. Whether this is so cannot be told: {spec.meaning}"


def _text(spec: MonitorSpec, blocks: Mapping[str, str], missing: MissingData, runbook: str) -> str:
    lines = [f"{{{{#{name}}}}}\n{text}\n{{{{/{name}}}}}" for name, text in blocks.items()]
    return "\n".join([*lines, f"Missing data {_POLICY[missing]}. {spec.silence}", f"Runbook: {runbook}"])

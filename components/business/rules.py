"""The rules as Prometheus reads them (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.business.configuration import INTERVAL
from components.business.spec import Alert, Recording, RuleGroup
from contract.promql import Query, recorded
from infra.naming import Environment


def rule_file(groups: Sequence[RuleGroup], environment: Environment, runbook_base_url: str) -> dict[str, Any]:
    """The content of a rule file."""
    return {
        "groups": [
            {
                "name": group.key,
                "interval": INTERVAL,
                "rules": [
                    *(_recording(one, environment) for one in group.recordings),
                    *(_alert(one, environment, runbook_base_url) for one in group.alerts),
                ],
            }
            for group in groups
        ]
    }


def alert_name(key: str) -> str:
    """A catalog key as the name of an alert: `search-failures` is SearchFailures."""
    return "".join(word.capitalize() for word in key.split("-"))


def condition(alert: Alert) -> Query:
    """When the alert is on. An alert that has begun lasts until the value is well: its own state is a series, too."""
    if alert.stays is None:
        return alert.begins
    firing = recorded("ALERTS", alertname=alert_name(alert.key), alertstate="firing")
    return alert.begins.either(alert.stays.where(firing))


def _recording(one: Recording, environment: Environment) -> dict[str, Any]:
    return {"record": one.name, "expr": one.query.text, "labels": {"env": environment.value}}


def _alert(one: Alert, environment: Environment, runbook_base_url: str) -> dict[str, Any]:
    value = {"value": f'{{{{ $value | printf "%.1f" }}}} {one.unit}'} if one.unit else {}
    return {
        "alert": alert_name(one.key),
        "expr": condition(one).text,
        "for": f"{one.hold_seconds}s",
        "labels": {
            "env": environment.value,
            "service": one.service,
            "severity": one.tier.value,
            "team": one.owner.value,
        },
        "annotations": {
            "summary": one.title,
            "description": one.meaning,
            **value,
            "runbook_url": f"{runbook_base_url.rstrip('/')}/{one.runbook}.md",
        },
    }

"""An alert: which issues it watches, what triggers it, whom it tells. The API calls it a workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sentry_alerts.model.actions import Action
from sentry_alerts.model.base import Id, Inputs, Name, Organization, body
from sentry_alerts.model.conditions import Condition, Trigger


class ActionFilter(Inputs):
    """Actions, and the conditions under which they are taken."""

    logic_type: Literal["any", "any-short", "all", "none"] = "all"
    conditions: list[Condition] = Field(default_factory=list)
    actions: Annotated[list[Action], Field(min_length=1)]


class AlertInputs(Inputs):
    """The inputs of an `Alert`."""

    organization: Organization
    name: Name
    enabled: bool = True
    environment: str | None = None
    """The environment whose events count; all, when left out."""
    frequency_minutes: Literal[0, 5, 10, 30, 60, 180, 720, 1440] = 30
    """How long it is silent about an issue after it has spoken."""
    projects: list[Id] = Field(default_factory=list)
    """All issues of these projects (their numbers)."""
    monitor_ids: list[Id] = Field(default_factory=list)
    """The issues of these monitors."""
    triggers: Annotated[list[Trigger], Field(min_length=1)]
    action_filters: Annotated[list[ActionFilter], Field(min_length=1)]

    @model_validator(mode="after")
    def _watches_something(self) -> AlertInputs:
        if not self.projects and not self.monitor_ids:
            raise ValueError("it watches nothing: give projects or monitorIds")
        return self


def to_body(inputs: AlertInputs, detector_ids: Sequence[str]) -> dict[str, Any]:
    """The body of a request; `detector_ids` are the monitors it watches, issue streams of projects among them."""
    return {
        "name": inputs.name,
        "enabled": inputs.enabled,
        "environment": inputs.environment,
        "config": {"frequency": inputs.frequency_minutes},
        "detectorIds": list(detector_ids),
        "triggers": {"logicType": "any-short", "conditions": [body(one) for one in inputs.triggers]},
        "actionFilters": [body(one) for one in inputs.action_filters],
    }


def from_body(answer: Mapping[str, Any], streams: Mapping[str, str]) -> dict[str, Any]:
    """The inputs that an answer corresponds to; `streams` maps the issue stream of a project to the project."""
    detectors = [str(one) for one in answer.get("detectorIds") or ()]
    triggers = (answer.get("triggers") or {}).get("conditions") or []
    given = {
        "name": answer["name"],
        "enabled": answer["enabled"],
        "environment": answer.get("environment"),
        "frequencyMinutes": answer["config"].get("frequency"),
        "projects": [streams[one] for one in detectors if one in streams],
        "monitorIds": [one for one in detectors if one not in streams],
        "triggers": [_only(one, "type", "comparison", "conditionResult") for one in triggers],
        "actionFilters": [
            {
                "logicType": each["logicType"],
                "conditions": [
                    _only(one, "type", "comparison", "conditionResult") for one in each.get("conditions") or ()
                ],
                "actions": [_only(one, "type", "integrationId", "data", "config") for one in each.get("actions") or ()],
            }
            for each in answer.get("actionFilters") or ()
        ],
    }
    return {name: value for name, value in given.items() if value is not None}


def _only(value: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value[name] for name in names if value.get(name) is not None}

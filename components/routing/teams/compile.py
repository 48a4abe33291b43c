"""From teams and rotation to the arguments of Datadog's resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from components.routing.teams.spec import EscalationStep, OnCallSpec, Target, TeamSpec, TeamsSpec
from infra.naming import Mark
from infra.problems import Problem

FEWEST = 2
"""People in a rotation: with one, the next is the same."""
LONGEST_STEP = 600
MOST_REPEATS = 10


def check(spec: TeamsSpec) -> list[Problem]:
    """Everything that is wrong with the rotation."""
    return list(_wrong(spec.on_call)) if spec.on_call else []


def compile_team(spec: TeamSpec, stack: str) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.Team`."""
    return {
        "handle": spec.team.value,
        "name": spec.title,
        # Teams carry no tags; their description says whose they are.
        "description": f"{spec.description}\n\n{Mark(stack).sentence(team_key(spec))}",
    }


def team_key(spec: TeamSpec) -> str:
    """Logical name of the team."""
    return f"team-{spec.team}"


def compile_link(spec: TeamsSpec, team_id: Any) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.TeamLink`."""
    return {"team_id": team_id, "label": Mark(spec.stack).title("Runbooks"), "url": spec.runbooks, "position": 0}


def compile_schedule(spec: OnCallSpec, stack: str, team_id: Any) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.OnCallSchedule`: one layer, at all hours, turns of a week."""
    return {
        "name": Mark(stack).title("Genonaut on call"),
        "time_zone": spec.time_zone,
        "teams": [team_id],
        "layers": [
            {
                "name": "weekly",
                "effective_date": spec.rotation_start,
                "rotation_start": spec.rotation_start,
                "interval": {"days": 7},
                "users": list(spec.users),
            }
        ],
    }


def compile_escalation(spec: OnCallSpec, stack: str, team_id: Any, schedule_id: Any) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.OnCallEscalationPolicy`."""
    return {
        "name": Mark(stack).title("Genonaut escalation"),
        "teams": [team_id],
        "steps": [_step(step, team_id, schedule_id) for step in spec.escalation.steps],
        "retries": spec.escalation.repeats,
        # What nobody answered is still wrong.
        "resolve_page_on_policy_end": False,
    }


def compile_routing(team_id: Any, policy_id: Any) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.OnCallTeamRoutingRules`: every page is urgent, for only those are sent here."""
    return {"team_id": team_id, "rules": [{"escalation_policy": policy_id, "urgency": "high"}]}


def _step(step: EscalationStep, team_id: Any, schedule_id: Any) -> dict[str, Any]:
    targets = {
        Target.ON_CALL: {"schedule": schedule_id, "position": "current"},
        Target.NEXT: {"schedule": schedule_id, "position": "next"},
        Target.TEAM: {"team": team_id},
    }
    return {
        "assignment": "default",
        "escalate_after_seconds": step.minutes * 60,
        "targets": [targets[step.target]],
    }


def _wrong(spec: OnCallSpec) -> Iterator[Problem]:
    if len(set(spec.users)) < FEWEST:
        yield Problem("routing.onCall.users", "nobody to take turns with", f"name at least {FEWEST} people")
    where = "oncall.escalation"
    if not spec.escalation.steps:
        yield Problem(where, "has no step", "who is paged first?")
    for index, step in enumerate(spec.escalation.steps):
        if not 1 <= step.minutes <= LONGEST_STEP:
            yield Problem(f"{where}.steps[{index}]", f"waits {step.minutes} minutes", f"1 to {LONGEST_STEP}")
    if not 0 <= spec.escalation.repeats <= MOST_REPEATS:
        yield Problem(where, f"starts over {spec.escalation.repeats} times", f"0 to {MOST_REPEATS}")

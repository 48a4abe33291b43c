"""Teams and on-call as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.routing.teams import compile as compiled
from components.routing.teams.spec import OnCallSpec, TeamsSpec


class Teams(pulumi.ComponentResource):
    """The teams with their links, and the rotation of the one that is on call."""

    def __init__(self, name: str, spec: TeamsSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:routing:Teams", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        ids: dict[str, pulumi.Output[str]] = {}
        for one in spec.teams:
            key = compiled.team_key(one)
            team = datadog.Team(key, opts=self._child, **compiled.compile_team(one, spec.stack))
            ids[one.team] = team.id
            datadog.TeamLink(f"{key}-runbooks", opts=self._child, **compiled.compile_link(spec, team.id))
        if spec.on_call:
            self._on_call(spec.on_call, spec.stack, ids[spec.on_call.team])
        self.register_outputs({})

    def _on_call(self, spec: OnCallSpec, stack: str, team_id: pulumi.Output[str]) -> None:
        schedule = datadog.OnCallSchedule(
            "on-call-schedule", opts=self._child, **compiled.compile_schedule(spec, stack, team_id)
        )
        policy = datadog.OnCallEscalationPolicy(
            "on-call-escalation",
            opts=self._child,
            **compiled.compile_escalation(spec, stack, team_id, schedule.id),
        )
        datadog.OnCallTeamRoutingRules(
            "on-call-routing", opts=self._child, **compiled.compile_routing(team_id, policy.id)
        )

"""Who owns what, who is paged, and in what order."""

from __future__ import annotations

from components.routing.teams.spec import Escalation, EscalationStep, Target, TeamSpec
from infra.naming import Team

TEAMS: tuple[TeamSpec, ...] = (
    TeamSpec(team=Team.BACKEND, title="Genonaut backend", description="The API, the workers, and their database."),
    TeamSpec(team=Team.FRONTEND, title="Genonaut frontend", description="The web application."),
    TeamSpec(team=Team.PLATFORM, title="Genonaut platform", description="The cluster, monitoring, and on-call."),
    TeamSpec(team=Team.PRODUCT, title="Genonaut product", description="What people do with Genonaut."),
)

ON_CALL_TEAM = Team.PLATFORM
"""Whose rotation is paged, as `oncall-<handle>`, for every critical alert."""

ESCALATION = Escalation(
    steps=(
        EscalationStep(target=Target.ON_CALL, minutes=5),
        EscalationStep(target=Target.NEXT, minutes=5),
        EscalationStep(target=Target.TEAM, minutes=15),
    ),
    repeats=2,
)
"""The strategy wants critical problems solved within 15 minutes: after 10, everybody knows of a page nobody took."""

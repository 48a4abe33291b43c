"""A blind alert is found before the first resource is declared."""

from __future__ import annotations

import dataclasses

import pytest

from infra.naming import Environment, Team
from infra.problems import ProblemsError
from stacks import build as stack_build
from stacks import specs as stack_specs
from stacks.catalog.services import Service
from stacks.production import PLAN
from tests.examples import settings
from tests.mocks.recording import declare

MISSPELT = Service(key="api", name="genonaut-api", owner=Team.BACKEND, operation="fastapi.reqest")


def test_a_blind_alert_cannot_be_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = dataclasses.replace(PLAN, services=(MISSPELT,))
    monkeypatch.setattr(stack_specs, "PLANS", {Environment.PRODUCTION: plan})
    messages: list[str] = []

    def program() -> None:
        with pytest.raises(ProblemsError) as raised:
            stack_build.build(settings())
        messages.append(str(raised.value))

    assert declare(program).declared == []
    (text,) = messages
    hint = "nobody emits the metric trace.fastapi.reqest.hits: did you mean trace.fastapi.request.hits?"
    assert f"monitors.api-error-rate: {hint}" in text
    assert hint in text.partition("dashboards.executive-overview")[2]

"""What outlives its stack, under mocks."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime.mocks import MockMonitor

from infra.history import HISTORY, is_kept
from infra.naming import Environment
from reports.stacks import settings_of
from stacks.build import build
from tests.mocks.recording import declare
from tools.recover import inventory


def retained(monkeypatch: pytest.MonkeyPatch, stack: str) -> tuple[set[str], set[str]]:
    """The types that are retained, and all others that are declared."""
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    register = MockMonitor.RegisterResource

    def recording(monitor: MockMonitor, request: Any) -> Any:
        asked[request.retainOnDelete].add(request.type)
        return register(monitor, request)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(MockMonitor, "RegisterResource", recording)
    configured = settings_of(stack)
    declare(lambda: build(configured), stack)
    return asked[True], asked[False]


def test_in_production_what_holds_history_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, others = retained(monkeypatch, "production")
    assert kept == HISTORY.keys() - {"datadog:index/logsArchive:LogsArchive"}  # it has none by default
    assert not others & HISTORY.keys()


def test_elsewhere_a_destroy_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, others = retained(monkeypatch, "sandbox")
    assert kept == set()
    assert others & HISTORY.keys()
    assert not any(is_kept(token, Environment.STAGING) for token in HISTORY)


def test_recovery_finds_all_of_it() -> None:
    assert {*inventory.datadog.TYPES, *inventory.sentry.TYPES, *inventory.kubernetes.TYPES} >= HISTORY.keys()

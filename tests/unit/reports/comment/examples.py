"""Previews that the engine made, and a checkout small enough to be seen through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from components.cost.spec import Bill, Line
from components.routing.compile import compile_rule
from components.routing.reach import State
from components.routing.spec import RoutingSpec
from infra.naming import Mark, Tier
from reports.comment.checkout import Checkout, Heard
from reports.comment.comment import comment
from reports.comment.preview import Preview, parse, read

STACK = "sandbox"
FOLDER = Path(__file__).parent / "previews"
URN = f"urn:pulumi:{STACK}::genonaut-monitoring::monitoring:x:X$"
PAGER = "pagerduty-genonaut"


def saved(name: str) -> Preview:
    return read(FOLDER / f"{name}.json", STACK)


def bill(**lines: float) -> Bill:
    return Bill(
        prices=date(2026, 11, 1),
        budget=Decimal(285),
        lines=tuple(
            Line(key=key, title=key, quantity=Decimal(1), unit="hosts", dollars=Decimal(str(dollars)))
            for key, dollars in lines.items()
        ),
    )


def tags(key: str, tier: str = "critical", stage: str = "live") -> list[str]:
    return [*Mark(STACK).tags(key), f"tier:{tier}", f"stage:{stage}", "service:genonaut-api", "team:genonaut-backend"]


def known(
    *alerts: str, bill_after: Bill | None = None, critical: tuple[str, ...] = (PAGER, "slack-alerts")
) -> Checkout:
    """A checkout with these critical alerts."""
    recipients = {Tier.CRITICAL: critical, Tier.WARNING: ("slack-warnings",), Tier.BUSINESS: ("slack-business",)}
    routing = RoutingSpec(stack=STACK, may_page=True, recipients=recipients)
    states = (State.ALERT, State.RECOVERY)
    return Checkout(
        stack=STACK,
        heard={key: Heard(tags=frozenset(tags(key)), states=states, runbook="error-rate") for key in alerts},
        units={"api-error-rate": "%", "api-pagination-latency": "s", "latency": "s"},
        rules={f"notify-{tier}": compile_rule(routing, tier) for tier in Tier},
        downtimes={},
        runbook_base_url="https://example.com/runbooks",
        bill=bill_after,
    )


def monitor(**changed: Any) -> dict[str, Any]:
    """The inputs of a monitor, as a state holds them."""
    return {
        "name": "Too slow",
        "type": "query alert",
        "query": "min(last_10m):avg:trace.fastapi.request{env:production} > 2",
        "monitorThresholds": {"critical": "2", "warning": "1"},
        "onMissingData": "default",
        "priority": "1",
        "tags": tags("latency"),
        "message": "It is slow.\nRunbook: https://example.com/runbooks/latency.md",
        **changed,
    }


def step(op: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, **more: Any) -> dict[str, Any]:
    """One step as the engine writes it, of the resource called `latency` unless another is named."""
    type_token, name = more.pop("type", "datadog:index/monitor:Monitor"), more.pop("name", "latency")
    state = {"type": type_token, "custom": True}
    found: dict[str, Any] = {"op": op, "urn": f"{URN}{type_token}::{name}", **more}
    if old is not None:
        found["oldState"] = {**state, "inputs": dict(old), **more.get("old_state", {})}
    if new is not None:
        found["newState"] = {**state, "inputs": dict(new)}
    return found


def preview(*steps: Mapping[str, Any], **more: Any) -> Preview:
    return parse(json.dumps({"steps": steps, "changeSummary": {"same": 3}, **more}), STACK, "an example")


def text(preview: Preview, checkout: Checkout) -> str:
    return comment(preview, checkout, "https://pictures.example").fitted("All of it is elsewhere.")

"""Traces on the real engine: the order of retention filters is asked for, made, and stays."""

from __future__ import annotations

from sandbox.provider.functions import OF_DATADOG, RETENTION, RETENTION_ORDER
from tests.e2e.lab import Lab
from tests.e2e.test_lifecycle import program_with


def test_filters_stand_in_the_order_of_the_catalog_before_all_others(running: Lab) -> None:
    ids = {one.name.rpartition("-")[2]: one.id for one in running.cloud.objects(RETENTION)}
    (order,) = running.cloud.objects(RETENTION_ORDER)
    assert order.inputs["filterIds"] == [*(ids[key] for key in ("errors", "slow", "lists", "rest")), *OF_DATADOG]
    program_with(running, "stacks/catalog/traces.py", "kept_rest: float = 0.05", "kept_rest: float = 0.1")
    assert running.changes() == {"update": 1}

"""Alerts on logs, held against the indexes that they speak of."""

from __future__ import annotations

import pytest

from components.monitors.condition import MetricCondition
from infra.naming import Environment
from stacks.catalog.logs.indexes import indexes
from tests.unit.stacks.test_catalog import specs_of


def condition_of(environment: Environment, key: str) -> MetricCondition:
    (one,) = (each for tier in specs_of(environment).monitors for each in tier.monitors if each.key == key)
    assert isinstance(one.condition, MetricCondition)
    return one.condition


@pytest.mark.parametrize("environment", Environment)
def test_the_quota_of_an_index_is_told_before_it_is_used_up(environment: Environment) -> None:
    (index,) = indexes([environment])
    condition = condition_of(environment, "log-quota")
    assert f"datadog_index:{index.name}," in condition.expression
    assert condition.thresholds.warning == index.quota.events * 0.8, "when Datadog writes its event"
    assert condition.thresholds.warning < condition.thresholds.critical < index.quota.events
    # The window's day is given in UTC.
    assert (condition.day_starts, index.quota.offset) == (index.quota.reset, "+00:00")


@pytest.mark.parametrize("environment", Environment)
def test_errors_are_counted_whatever_an_index_keeps(environment: Environment) -> None:
    for key in ("api-error-logs", "worker-error-logs"):
        condition = condition_of(environment, key)
        assert "sum:genonaut.logs.errors{" in condition.expression

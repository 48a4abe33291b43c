"""Monitors that name others: what they name must be there, and stays while they do."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.provider.refusal import Refusal
from sandbox.schema.cache import Schemas
from tests.unit.sandbox import examples as ex


@pytest.fixture
def datadog(schemas: Schemas, cloud: Cloud) -> Lifecycle:
    return Lifecycle("datadog", schemas, cloud, "1.34")


def made(life: Lifecycle, token: str, name: str, inputs: dict[str, Any]) -> str:
    return life.create(token, ex.urn(token, name), inputs, preview=False)[0]


def objective(target: float) -> dict[str, Any]:
    return {
        "name": "API",
        "type": "metric",
        "query": {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"},
        "thresholds": [{"timeframe": "30d", "target": target}],
    }


def alert(kind: str, query: str, **changes: Any) -> dict[str, Any]:
    return {"name": "Burns", "type": kind, "query": query, "message": "x", **changes}


def burn(slo: str, rate: str) -> dict[str, Any]:
    query = f'burn_rate("{slo}").over("30d").long_window("1h").short_window("5m") > {rate}'
    return alert("slo alert", query, monitorThresholds={"critical": rate})


def test_a_composite_needs_its_members_and_keeps_them(datadog: Lifecycle) -> None:
    with pytest.raises(Refusal, match="no monitor 12345"):
        made(datadog, ex.MONITOR, "both", alert("composite", "12345 && 12345"))
    member = made(datadog, ex.MONITOR, "one", ex.monitor())
    both = made(datadog, ex.MONITOR, "both", alert("composite", f"{member} && {member}"))
    with pytest.raises(Refusal, match="is referenced in composite monitors: 'Burns'"):
        datadog.delete(ex.MONITOR, member, ex.urn(ex.MONITOR, "one"))
    datadog.delete(ex.MONITOR, both, ex.urn(ex.MONITOR, "both"))
    datadog.delete(ex.MONITOR, member, ex.urn(ex.MONITOR, "one"))


def test_a_burn_alert_needs_its_objective(datadog: Lifecycle) -> None:
    with pytest.raises(Refusal, match="no SLO 'abc'"):
        made(datadog, ex.MONITOR, "burn", burn("abc", "14.4"))
    assert made(datadog, ex.MONITOR, "burn", burn(made(datadog, ex.SLO, "slo", objective(99.9)), "14.4"))


def test_a_burn_alert_above_the_highest_rate_is_refused_in_the_apis_words(datadog: Lifecycle) -> None:
    slo = made(datadog, ex.SLO, "slo", objective(90))
    with pytest.raises(Refusal, match=r"Alert threshold \(14\.4\) must be in range 0 to 10\.0 for burn rate alerts"):
        made(datadog, ex.MONITOR, "burn", burn(slo, "14.4"))
    assert made(datadog, ex.MONITOR, "burn", burn(slo, "10"))

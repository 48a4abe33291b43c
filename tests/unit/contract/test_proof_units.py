"""The proof of what a query computes and compares: honest alerts are proved, mistakes of units are refused."""

from __future__ import annotations

import pytest

from contract.proof import prove_monitor
from tests.examples import WORLD


def monitor(query: str, options: dict[str, object] | None = None) -> list[str]:
    return prove_monitor("query alert", query, options or {}, WORLD)


@pytest.mark.parametrize(
    "query",
    [
        # Wildcards, alternatives, exclusions.
        "avg(last_5m):avg:system.mem.pct_usable{kube_cluster_name:example-*} by {host} < 0.1",
        "max(last_5m):max:kubernetes_state.deployment.replicas_ready"
        "{env:production AND service IN (genonaut-api, genonaut-web)} < 1",
        "max(last_5m):max:kubernetes_state.node.by_condition"
        "{kube_cluster_name:example-cluster AND condition:ready AND NOT status:true} by {node} >= 1",
        "max(last_5m):max:redis.key.length{env:production,key:default,!service:genonaut-api} > 100",
        "max(last_5m):max:redis.key.length"
        "{env:production AND NOT (key:default AND key:generation AND key:unacked)} > 9",
        # Ratios, with a guard; what is left of a whole; growth.
        "sum(last_5m):(sum:trace.celery.run.errors{*}.as_count()"
        " / sum:trace.celery.run.hits{*}.as_count()) * 100"
        " * is_greater(sum:trace.celery.run.hits{*}.as_count(), 20) > 5",
        "avg(last_30m):avg:redis.stats.keyspace_hits{*} / (avg:redis.stats.keyspace_hits{*}"
        " + avg:redis.stats.keyspace_misses{*}) < 0.7",
        "avg(last_5m):(1 - avg:system.mem.pct_usable{*} by {host}) * 100 > 90",
        "avg(last_5m):100 - avg:system.cpu.idle{*} by {host} > 90",
        "avg(last_5m):max:postgresql.connections{*} by {host} / max:postgresql.max_connections{*} by {host} > 0.8",
        "avg(last_1h):avg:system.load.1{*} / hour_before(avg:system.load.1{*}) > 4",
        "sum(last_1h):sum:trace.celery.run.errors{*}.as_count() / sum:trace.celery.run.hits{*}.as_count() * 100 > 0.5",
        "sum(last_1h):sum:trace.celery.run.hits{*}.as_count()"
        " / day_before(sum:trace.celery.run.hits{*}.as_count()) > 4",
        "avg(last_5m):max:kubernetes.network.rx_bytes{*} > 100",
        "pct_change(avg(last_1h),last_1d):avg:system.disk.in_use{*} by {host} > 50",
        "change(avg(last_1h),last_1d):avg:system.disk.utilized{*} by {host} > 0.5",
        "avg(last_1d):(avg:system.load.1{*} - day_before(avg:system.load.1{*}))"
        " / day_before(avg:system.load.1{*}) * 100"
        " > 400",
        "avg(last_5m):p99:trace.fastapi.request{*} / p50:trace.fastapi.request{*} > 20",
        "avg(last_5m):max:redis.mem.used{*} / avg:redis.mem.used{*} > 3",
        "avg(last_15m):avg:redis.key.length{env:production,key:default} / avg:celery.flower.worker.online{*} > 50",
        "avg(last_5m):max:redis.mem.fragmentation_ratio{*} > 1.5",
        # Times and sizes in each other's multiples.
        "avg(last_5m):p95:trace.fastapi.request{*} * 1000 > 2000",
        "avg(last_5m):avg:synthetics.http.response.time{*} / 1000 > 2",
        "avg(last_5m):max:postgresql.replication_delay_bytes{*} / 1048576 > 64",
        "max(last_1h):max:postgresql.activity.xact_start_age{*} by {db} / 3600 > 2",
        # Differences over time, changes, forecasts, anomalies.
        "sum(last_30m):monotonic_diff(max:kubernetes_state.container.restarts{*} by {pod_name}) > 3",
        "change(avg(last_5m),1h_ago):avg:kubernetes.containers.restarts{*} by {pod_name} > 5",
        "pct_change(sum(last_1d),1d_ago):sum:genonaut.content.created{*}.as_count() < -30",
        "max(next_1w):forecast(max:system.disk.in_use{*} by {host,device}, 'linear', 1) >= 1",
        "avg(last_4h):anomalies(sum:trace.fastapi.request.hits{*}.as_count(), 'agile', 3) >= 0.75",
        # Counting the values of a distribution.
        "sum(last_10m):count(v: v>=2):trace.fastapi.request{*}.as_count() > 20",
        "min(last_10m):count_nonzero(avg:datadog.agent.running{*} by {host}) < 3",
    ],
)
def test_honest_alerts_are_proved(query: str) -> None:
    # {*} stands for this environment here, to keep the queries short.
    assert monitor(query.replace("{*}", "{env:production}")) == []


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        # A fraction against a percentage, and the other way round.
        ("avg(last_5m):avg:kubernetes.memory.usage_pct{*} by {pod_name} > 90", "90 is never reached: it is a fraction"),
        ("avg(last_5m):avg:kubernetes.filesystem.usage_pct{*} > 80", "compare with 0.8 or multiply by 100"),
        ("avg(last_5m):avg:system.disk.utilized{*} by {host} > 0.8", "it is a percentage, and 0.8 is hardly any"),
        ("avg(last_5m):avg:system.disk.in_use{*} * 100 > 800", "800 is never reached"),
        (
            "sum(last_5m):sum:trace.fastapi.request.errors{*}.as_count()"
            " / sum:trace.fastapi.request.hits{*}.as_count() > 5",
            "5 is never reached: it is a fraction",
        ),
        ("avg(last_5m):avg:kubernetes.memory.usage{*} / avg:kubernetes.memory.limits{*} > 90", "it is a fraction"),
        ("avg(last_5m):100 - avg:system.cpu.idle{*} > 900", "900 is never reached: it is at most 100 percent"),
        ("avg(last_5m):(2 - 1) - avg:system.cpu.idle{*} > 0.9", "the whole of percent is 100, not 1"),
        (
            "sum(last_1h):sum:celery.flower.events.count{type:task-failed}.as_count()"
            " / sum:celery.flower.events.count{type:task-received}.as_count() > 10",
            "it is a fraction",
        ),
        ("avg(last_1h):avg:kubernetes.memory.usage_pct{*} < 90", "90 is never reached"),
        # Sizes, processors and times of other units.
        ("avg(last_5m):avg:kubernetes.memory.usage{*} > 0.9", "0.9 bytes is less than a kibibyte"),
        ("avg(last_5m):avg:redis.mem.used{*} > 90", "90 bytes is less than a kibibyte"),
        ("avg(last_5m):avg:container.cpu.usage{*} > 0.8", "0.8 nanocores is less than a millicore"),
        (
            "percentile(last_15m):p95:pagination.query.duration{*} > 500",
            "500 is never reached: it is measured in seconds",
        ),
        ("percentile(last_15m):p95:trace.fastapi.request{*} > 2000", "2000 is never reached"),
        (
            "percentile(last_15m):p75:rum.measure.view.largest_contentful_paint{*} > 2500",
            "less than a tenth of a millis",
        ),
        ("avg(last_5m):avg:synthetics.http.response.time{*} > 2000000", "2000000 is never reached"),
        ("avg(last_4h):anomalies(avg:system.load.1{*}, 'agile', 3) >= 75", "75 is never reached"),
        ("avg(last_5m):avg:system.disk.in_use{*} > 1", "1 is never reached"),
        ("avg(last_5m):avg:network.http.can_connect{*} < 2", "2 is never reached"),
        # What happens over the window.
        ("avg(last_5m):sum:genonaut.search.failures{*}.as_count() > 5", "as_count() goes with sum() over the window"),
        ("sum(last_5m):avg:redis.key.length{key:default} > 500", "adds up every point of redis.key.length"),
        ("sum(last_5m):p95:pagination.query.duration{*} > 5", "adds up every point of pagination.query.duration"),
    ],
)
def test_thresholds_of_another_unit_are_refused(query: str, finding: str) -> None:
    findings = monitor(query)
    assert findings
    assert any(finding in found for found in findings), findings


@pytest.mark.parametrize("name", ["critical", "warning", "critical_recovery", "warning_recovery"])
def test_every_threshold_of_the_options_is_compared(name: str) -> None:
    thresholds = {"critical": 0.9, "warning": 0.8, "critical_recovery": 0.7, "warning_recovery": 0.6}
    query = "avg(last_5m):avg:kubernetes.memory.usage_pct{env:production} by {pod_name} > 0.9"
    assert monitor(query, {"thresholds": thresholds}) == []
    assert any("75 is never reached" in found for found in monitor(query, {"thresholds": thresholds | {name: "75"}}))

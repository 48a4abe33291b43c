"""The proof of metric queries: what is emitted is proved, and each way of being blind is refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from contract.proof import prove_metric, prove_monitor
from tests.examples import WORLD

GOOD = "sum(last_5m):sum:trace.fastapi.request.errors{env:production,service:genonaut-api}.as_count() > 5"
VARIABLES = {"env": "env", "endpoint": "resource_name", "where": "kube_cluster_name"}


def monitor(query: str, options: Mapping[str, Any] | None = None, kind: str = "query alert") -> list[str]:
    return prove_monitor(kind, query, options or {}, WORLD)


def test_what_is_emitted_is_proved() -> None:
    assert monitor(GOOD, {"thresholds": {"critical": 5}}) == []
    query = "p95:pagination.query.duration{$env,service:genonaut-api} by {offset_range}"
    assert prove_metric(query, WORLD, VARIABLES) == []


@pytest.mark.parametrize(
    "query",
    [
        # Wildcards, alternatives, exclusions.
        "avg(last_5m):avg:system.mem.pct_usable{kube_cluster_name:example-*} by {host} < 0.1",
        "max(last_5m):max:kubernetes_state.deployment.replicas_ready{service IN (genonaut-api, genonaut-web)} < 1",
        "max(last_5m):max:kubernetes_state.node.by_condition{condition:ready AND NOT status:true} by {node} >= 1",
        "max(last_5m):max:redis.key.length{key:default,!service:genonaut-api} > 100",
        # Ratios, with a guard; what is left of a whole; growth.
        "sum(last_5m):(sum:trace.celery.run.errors{env:production}.as_count()"
        " / sum:trace.celery.run.hits{env:production}.as_count()) * 100"
        " * is_greater(sum:trace.celery.run.hits{env:production}.as_count(), 20) > 5",
        "avg(last_30m):avg:redis.stats.keyspace_hits{env:production} / (avg:redis.stats.keyspace_hits{env:production}"
        " + avg:redis.stats.keyspace_misses{env:production}) < 0.7",
        "avg(last_5m):(1 - avg:system.mem.pct_usable{env:production} by {host}) * 100 > 90",
        "avg(last_5m):100 - avg:system.cpu.idle{env:production} by {host} > 90",
        "avg(last_5m):max:postgresql.connections{env:production} by {host} / max:postgresql.max_connections{*}"
        " by {host} > 0.8",
        "avg(last_1h):avg:system.load.1{env:production} / hour_before(avg:system.load.1{env:production}) > 4",
        "avg(last_1d):(avg:system.load.1{*} - day_before(avg:system.load.1{*}))"
        " / day_before(avg:system.load.1{*}) * 100"
        " > 400",
        "avg(last_5m):p99:trace.fastapi.request{*} / p50:trace.fastapi.request{*} > 20",
        "avg(last_5m):max:redis.mem.used{*} / avg:redis.mem.used{*} > 3",
        "avg(last_15m):avg:redis.key.length{key:default} / avg:celery.flower.worker.online{env:production} > 50",
        "avg(last_5m):max:redis.mem.fragmentation_ratio{env:production} > 1.5",
        # Times and sizes in each other's multiples.
        "avg(last_5m):p95:trace.fastapi.request{env:production} * 1000 > 2000",
        "avg(last_5m):avg:synthetics.http.response.time{env:production} / 1000 > 2",
        "avg(last_5m):max:postgresql.replication_delay_bytes{env:production} / 1048576 > 64",
        "max(last_1h):max:postgresql.activity.xact_start_age{env:production} by {db} / 3600 > 2",
        # Differences over time, changes, forecasts, anomalies.
        "sum(last_30m):monotonic_diff(max:kubernetes_state.container.restarts{env:production} by {pod_name}) > 3",
        "change(avg(last_5m),1h_ago):avg:kubernetes.containers.restarts{env:production} by {pod_name} > 5",
        "pct_change(sum(last_1d),1d_ago):sum:genonaut.content.created{env:production}.as_count() < -30",
        "max(next_1w):forecast(max:system.disk.in_use{env:production} by {host,device}, 'linear', 1) >= 1",
        "avg(last_4h):anomalies(sum:trace.fastapi.request.hits{env:production}.as_count(), 'agile', 3) >= 0.75",
        # Counting the values of a distribution.
        "sum(last_10m):count(v: v>=2):trace.fastapi.request{env:production}.as_count() > 20",
        "min(last_10m):count_nonzero(avg:datadog.agent.running{env:production} by {host}) < 3",
    ],
)
def test_honest_alerts_are_proved(query: str) -> None:
    assert monitor(query) == []


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        # No such metric, and near misses.
        ("avg:trace.fastapi.reqest.hits{*}", "nobody emits the metric trace.fastapi.reqest.hits: did you mean"),
        ("avg:kubernetes_state.statefulset.replicas_unavailable{*}", "nobody emits the metric"),
        ("avg:completely.made.up{*}", "nobody emits the metric completely.made.up"),
        # No such key; the keys of the check that kube-state core replaced.
        ("avg:redis.mem.used{cluster:blue}", "redis.mem.used carries no tag cluster"),
        ("avg:redis.mem.used{*} by {pod_name}", "redis.mem.used carries no tag pod_name"),
        ("avg:redis.mem.used{!region:x}", "carries no tag region"),
        ("avg:redis.mem.used{region IN (a, b)}", "carries no tag region"),
        ("max:kubernetes_state.container.restarts{*} by {pod}", "no tag pod: did you mean pod_name?"),
        ("max:kubernetes_state.deployment.replicas_unavailable{*} by {deployment}", "did you mean kube_deployment?"),
        ("max:kubernetes_state.daemonset.ready{daemonset:a}", "did you mean kube_daemon_set?"),
        ("max:kubernetes_state.node.status{env:production}", "carries no tag env"),
        ("avg:postgresql.connections{pod_name:a}", "carries no tag pod_name"),
        ("avg:postgresql.max_connections{*} by {db}", "carries no tag db"),
        # Percentiles of traces have no host.
        ("p95:trace.fastapi.request{*} by {host}", "carries no tag host"),
        ("avg:redis.mem.used{production}", "the tag production has no key"),
        # Values that do not occur.
        ("avg:redis.mem.used{env:prod}", "env:prod is not sent from here: this environment is production"),
        ("avg:redis.mem.used{env:staging}", "env:staging is not sent from here"),
        ("avg:redis.mem.used{env:stag*}", "env:stag* is not sent from here"),
        ("avg:redis.mem.used{env IN (production, staging)}", "env:staging is not sent from here"),
        ("max:datadog.agent.running{kube_cluster_name:prod-cluster}", "kube_cluster_name:prod-cluster does not occur"),
        ("max:datadog.agent.running{cluster_name:example-clusters}", "did you mean example-cluster?"),
        (
            "sum:trace.fastapi.request.hits{service:genonaut-appi}.as_count()",
            "service:genonaut-appi does not occur: did you mean genonaut-api?",
        ),
        # Workers answer no requests.
        ("sum:trace.fastapi.request.hits{service:genonaut-worker}.as_count()", "does not occur"),
        ("sum:pagination.query.count{page_size:20}.as_count()", "page_size:20 does not occur"),
        ("sum:pagination.query.count{offset_range:1000*}.as_count() + avg:x.y{*}", "nobody emits"),
        (
            "max:kubernetes_state.container.status_report.count.waiting{reason:CrashLoopBackOff}",
            "did you mean crashloopbackoff?",
        ),
        ("max:redis.key.length{key:celery}", "key:celery does not occur: it is default, generation, unacked"),
        # Conditions that leave nothing.
        ("avg:redis.mem.used{!env:production}", "the conditions on env leave nothing"),
        ("avg:redis.mem.used{NOT env:prod*}", "the conditions on env leave nothing"),
        ("max:redis.key.length{key:default,key:generation}", "the conditions on key leave nothing"),
        ("max:redis.key.length{key NOT IN (default, generation, unacked)}", "the conditions on key leave nothing"),
        (
            "max:redis.key.length{NOT (key:default OR key:generation OR key:unacked)}",
            "the conditions on key leave nothing",
        ),
        # Aggregations that the type does not know.
        ("p95:pagination.query.count{*}.as_count()", "only distributions have percentiles"),
        ("p95:redis.info.latency_ms{*}", "only distributions have percentiles"),
        ("count(v: v>1):redis.mem.used{*}", "only the values of distributions can be counted"),
        ("avg:redis.mem.used{*}.as_count()", "is a gauge: as_count() has no effect"),
        ("sum:pagination.query.count{*}", "without .as_count() or .as_rate()"),
        ("p99:pagination.query.duration{*}.as_count()", "as_count() goes with count and sum, not p99"),
        ("sum:system.disk.in_use{*}", "a sum of several is none"),
        # Variables outside of dashboards.
        ("avg:redis.mem.used{$env}", "$env is a variable of dashboards"),
        ("avg:redis.mem.used{env:$env.value}", "$env is a variable of dashboards"),
        # Operands that do not fit together.
        (
            "avg:kubernetes.memory.usage{*} by {pod_name} / avg:kubernetes.memory.limits{*} by {kube_deployment}",
            "grouped by pod_name and the other by kube_deployment",
        ),
        ("max(avg:system.load.1{*} by {host}, avg:container.restarts{*} by {pod_name})", "both need the same"),
        ("avg:system.disk.in_use{*} + avg:system.disk.utilized{*}", "bring both to one unit first"),
        ("avg:redis.mem.used{*} - avg:redis.info.latency_ms{*}", "adds or subtracts bytes and milliseconds"),
        ("1 - avg:system.disk.utilized{*}", "the whole of percent is 100, not 1"),
        ("100 - avg:system.disk.in_use{*}", "the whole of fraction is 1, not 100"),
        ("sum(avg:kubernetes.memory.usage_pct{*} by {host,pod_name}, {host})", "a sum of shares is no share"),
        ("max(max:redis.mem.used{*} by {host}, {redis_host})", "redis_host is no key of the inner grouping"),
        ("sum:pagination.query.count{", ""),
    ],
)
def test_what_is_not_emitted_is_refused(query: str, finding: str) -> None:
    findings = prove_metric(query, WORLD)
    assert any(finding in found for found in findings), findings


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
        ("sum(last_5m):avg:redis.key.length{key:default} > 500", "adds up every point of the gauge redis.key.length"),
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


def test_a_cluster_that_does_not_exist_is_found_behind_default_zero() -> None:
    # It reads 0 for ever, and 0 is fine.
    query = (
        "max(last_10m):default_zero(max:kubernetes_state.deployment.replicas_unavailable"
        "{kube_cluster_name:the-old-cluster} by {kube_deployment}) > 0"
    )
    assert any("kube_cluster_name:the-old-cluster does not occur" in found for found in monitor(query))
    assert monitor(query.replace("the-old-cluster", WORLD.cluster)) == []


def test_conditions_inside_functions_and_arithmetic_are_walked() -> None:
    query = "clamp_min(default_zero(avg:redis.mem.used{env:a}), 1) / (2 * abs(max:redis.mem.maxmemory{env:b}))"
    findings = prove_metric(query, WORLD)
    assert [found.split(":", 1)[0] for found in findings] == ["redis.mem.used", "redis.mem.maxmemory"]


def test_a_threshold_that_is_not_the_query_s_is_refused() -> None:
    assert monitor(GOOD, {"thresholds": {"critical": 6}})


def test_every_finding_is_reported() -> None:
    assert len(prove_metric("sum:pagination.query.count{a:1}.as_count() by {b} + avg:no.such.metric{*}", WORLD)) == 1
    assert len(prove_metric("sum:pagination.query.count{a:1} by {b}.as_count() + avg:no.such.metric{*}", WORLD)) == 3


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("avg:redis.mem.used{$env,$where}", None),
        ("avg:redis.mem.used{env:$env.value} by {redis_host}", None),
        ("avg:redis.mem.used{$endpoint}", "carries no tag resource_name"),
        ("avg:redis.mem.used{$region}", "there is no variable $region: the dashboard has $endpoint, $env, $where"),
        ("avg:redis.mem.used{redis_host:$region.value}", "there is no variable $region"),
    ],
)
def test_template_variables(query: str, finding: str | None) -> None:
    findings = prove_metric(query, WORLD, VARIABLES)
    assert findings == [] if finding is None else any(finding in found for found in findings), findings

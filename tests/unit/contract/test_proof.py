"""The proof of metric queries: what is emitted is proved, and each way of being blind is refused with the reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from contract.proof import prove_metric, prove_monitor
from contract.telemetry import Source
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


def test_a_sender_that_is_not_at_work_sends_nothing() -> None:
    here = dataclasses.replace(WORLD, silent=frozenset({Source.TLS, Source.REDIS, Source.LOGS}))
    assert prove_metric("max:postgresql.connections{*}", here) == []
    assert prove_metric("max:tls.days_left{*}", here) == [
        "tls.days_left is not sent here; its sender is not at work: the TLS check, run once in the cluster"
    ]
    assert prove_metric("max:system.load.1{*}", here) == []
    query = '"redis.can_connect".over("*").by("*").last(2).count_by_status()'
    assert any("the Redis check" in found for found in prove_monitor("service check", query, {}, here))
    logs = 'logs("env:production").last("5m") > 5'
    assert any("logs are not sent here" in found for found in prove_monitor("log alert", logs, {}, here))


def test_a_threshold_that_is_not_the_query_s_is_refused() -> None:
    assert monitor(GOOD, {"thresholds": {"critical": 6}})


@pytest.mark.parametrize(
    ("kind", "query", "finding"),
    [
        ("query alert", "max(last_5m):max:redis.mem.used{redis_role:master} > 1e9", "add env:production"),
        (
            "query alert",
            "max(last_5m):max:redis.mem.used{env:production OR redis_role:master} > 1e9",
            "add env:production",
        ),
        ("query alert", "max(last_5m):max:kubernetes_state.node.count{*} < 3", "add kube_cluster_name:example-cluster"),
        ("query alert", "max(last_5m):max:redis.mem.used{cluster_name:example-cluster} > 1e9", None),
        # Usage is that of the whole organisation, and has no environment.
        ("query alert", "max(last_5m):max:datadog.estimated_usage.hosts{*} > 10", None),
        ("query alert", "sum(last_1d):sum:datadog.estimated_usage.apm.ingested_bytes{*}.as_count() > 1e12", None),
        ("log alert", 'logs("status:error").last("5m") > 5', "logs is read of all environments: add env:production"),
        ("log alert", 'logs("env:production OR status:error").last("5m") > 5', "add env:production"),
        ("log alert", 'logs("-env:staging status:error").last("5m") > 5', "add env:production"),
        ("log alert", 'logs("status:error (kube_cluster_name:example-cluster x)").last("5m") > 5', None),
        ("service check", '"redis.can_connect".over("*").by("*").last(2).count_by_status()', "add env:production"),
        (
            "service check",
            '"redis.can_connect".over("redis_role:master","!env:staging").by("*").last(2).count_by_status()',
            "add",
        ),
        ("service check", '"redis.can_connect".over("env:production").by("*").last(2).count_by_status()', None),
    ],
)
def test_an_alert_keeps_to_its_environment(kind: str, query: str, finding: str | None) -> None:
    findings = monitor(query, kind=kind)
    assert findings == [] if finding is None else any(finding in found for found in findings), findings


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
        ("avg:redis.mem.used{redis_host:a-$region.value-*}", "there is no variable $region:"),
    ],
)
def test_template_variables(query: str, finding: str | None) -> None:
    findings = prove_metric(query, WORLD, VARIABLES)
    assert findings == [] if finding is None else any(finding in found for found in findings), findings

"""Rules about what runs in the cluster, what it keeps, and what is protected."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.agent.permissions.host import CAPABILITIES, HOST_PATHS
from policy.rules import budget, limits, privileges, protection
from policy.rules.privileges import REVIEWED
from tests.unit.policy.examples import broken, container, deployment, monitor, resource


def test_a_limited_container_without_privileges_passes() -> None:
    assert broken(limits.RULE, deployment()) == []
    assert broken(privileges.RULE, deployment()) == []


@pytest.mark.parametrize(
    "missing", [("requests", "cpu"), ("requests", "memory"), ("limits", "cpu"), ("limits", "memory")]
)
def test_a_missing_limit_is_named(missing: tuple[str, str]) -> None:
    resources: dict[str, Any] = {kind: {"cpu": "1", "memory": "1Gi"} for kind in ("requests", "limits")}
    del resources[missing[0]][missing[1]]
    (violation,) = broken(limits.RULE, deployment(container(resources=resources)))
    assert violation.startswith(f"spec.template.spec.containers[agent].resources: {'.'.join(missing)} not set")


def test_containers_that_run_first_and_those_of_jobs_count_too() -> None:
    bare = container(resources={})
    assert len(broken(limits.RULE, deployment(initContainers=[bare]))) == 1
    pod = {"containers": [bare]}
    cron = resource("kubernetes:batch/v1:CronJob", spec={"jobTemplate": {"spec": {"template": {"spec": pod}}}})
    assert len(broken(limits.RULE, cron)) == 1
    assert len(broken(limits.RULE, resource("kubernetes:core/v1:Pod", spec=pod))) == 1


@pytest.mark.parametrize(
    ("changes", "power"),
    [
        ({"privileged": True}, "privileged"),
        ({"allowPrivilegeEscalation": None}, "escalation"),
        ({"runAsUser": 0}, "root"),
        ({"runAsNonRoot": None}, "root"),
        ({"seccompProfile": {"type": "Unconfined"}}, "unconfined"),
        ({"capabilities": {"add": ["CAP_SYS_ADMIN"]}}, "SYS_ADMIN"),
    ],
)
def test_a_power_of_a_container_has_to_be_reviewed(changes: dict[str, Any], power: str) -> None:
    strong = {**container()["securityContext"], **changes}
    powerful = deployment(container(securityContext=strong))
    (violation,) = broken(privileges.RULE, powerful)
    assert violation.startswith(f"spec.template.spec.containers[agent]: {power} was not reviewed for agent/agent")
    assert broken(privileges.RULE, powerful, reviewed={"agent/agent": [power]}) == []
    assert broken(privileges.RULE, powerful, reviewed={"agent/other": [power]}) != []


@pytest.mark.parametrize(
    ("pod", "power"),
    [
        ({"hostNetwork": True}, "hostNetwork"),
        ({"hostPID": True}, "hostPID"),
        ({"hostIPC": True}, "hostIPC"),
        ({"volumes": [{"name": "a", "hostPath": {"path": "/etc"}}]}, "hostPath:/etc"),
    ],
)
def test_a_power_of_a_pod_has_to_be_reviewed(pod: dict[str, Any], power: str) -> None:
    (violation,) = broken(privileges.RULE, deployment(**pod))
    assert violation.startswith(f"spec.template.spec: {power} was not reviewed for agent")
    assert broken(privileges.RULE, deployment(**pod), reviewed={"agent": [power]}) == []


def test_the_reviewed_list_holds_what_the_agents_can_ask_for_and_no_more() -> None:
    """Both are lists of their own on purpose: what a change asks for and what was agreed are two hands."""
    paths = {f"hostPath:{one.path}" for one in HOST_PATHS}
    assert paths == {one for one in REVIEWED["datadog-agent"] if one.startswith("hostPath:")}
    assert {one.name for one in CAPABILITIES} == {
        one for one in REVIEWED["datadog-agent/system-probe"] if one.isupper()
    }


def test_what_lives_at_a_vendor_is_protected() -> None:
    bare = resource("datadog:index/monitor:Monitor", protected=False)
    assert len(broken(protection.RULE, bare)) == 1
    assert broken(protection.RULE, monitor()) == []
    for ours in ("monitoring:routing:Routing", "pulumi:providers:datadog"):
        assert broken(protection.RULE, resource(ours, protected=False)) == []
    assert broken(protection.RULE, bare, packages=["kubernetes:"]) == []


INDEX = "datadog:index/logsIndex:LogsIndex"
SPANS = "datadog:index/apmRetentionFilter:ApmRetentionFilter"
SESSIONS = "datadog:index/rumRetentionFilter:RumRetentionFilter"


@pytest.mark.parametrize(
    ("type_", "properties", "said"),
    [
        (INDEX, {"retentionDays": 15, "dailyLimit": 1000}, None),
        (INDEX, {"retentionDays": 30, "dailyLimit": 1000}, "retentionDays: is 30 days; at most 15 days"),
        (INDEX, {"dailyLimit": 1000}, "retentionDays: is not set"),
        (INDEX, {"retentionDays": 3}, "dailyLimit: is not set"),
        (INDEX, {"retentionDays": 3, "dailyLimit": 1, "disableDailyLimit": True}, "dailyLimit: is not set"),
        (INDEX, {"retentionDays": 3, "dailyLimit": 9_000_000}, "dailyLimit: is 9e+06 events a day"),
        (SPANS, {"rate": "0.2", "filter": {"query": "env:a"}}, None),
        (SPANS, {"rate": "0.5", "filter": {"query": "env:a"}}, "rate: is 50%; at most 20%"),
        (SPANS, {"rate": "1.0", "filter": {"query": "env:a status:error"}}, None),
        (SESSIONS, {"sampleRate": 50.0, "query": "@session.type:user"}, "sampleRate: is 50%; at most 10%"),
        (SESSIONS, {"sampleRate": 100.0, "query": "@error.source:source"}, None),
        (
            "kubernetes:core/v1:ConfigMap",
            {"data": {"c.json": json.dumps({"sessionReplaySampleRate": 100})}},
            "data[c.json].sessionReplaySampleRate: is 100%; at most 5%",
        ),
        ("kubernetes:core/v1:ConfigMap", {"data": {"c.json": "{", "d": "[]"}}, None),
    ],
)
def test_what_costs_more_than_was_agreed(type_: str, properties: dict[str, Any], said: str | None) -> None:
    violations = broken(budget.RULE, resource(type_, **properties))
    assert [one[: len(said or "")] for one in violations] == ([said] if said else [])


def test_prometheus_keeps_metrics_as_long_as_agreed() -> None:
    def keeping(time: str) -> Any:
        return deployment(container(args=[f"--storage.tsdb.retention.time={time}"]))

    assert broken(budget.RULE, keeping("90d")) == []
    assert broken(budget.RULE, keeping("2160h")) == []
    (violation,) = broken(budget.RULE, keeping("1y"))
    assert violation.endswith("args: is 365 days; at most 90 days was agreed")
    assert broken(budget.RULE, keeping("1y"), prometheusDays=400) == []

"""The agents may do what their features need, and no more."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from components.agent.compile import compile_agent
from components.agent.features import FEATURES, Feature
from components.agent.permissions.accounts import Account
from components.agent.permissions.api import RULES
from components.agent.permissions.host import CAPABILITIES, HOST_PATHS
from components.agent.permissions.network import CONNECTIONS
from components.agent.permissions.of_nodes import FINE_GRAINED_KUBELET
from components.agent.spec import AgentSpec, SecretKey
from tests.unit.components.agent.examples import (
    PASSWORD,
    POSTGRES,
    SPEC,
    WITH_POOL,
    Manifest,
    containers,
    having,
    of_kind,
    pod_templates,
    without,
)

READING = {"get", "list", "watch"}


def rules(spec: AgentSpec, kind: str | None = None) -> list[dict[str, Any]]:
    manifests = compile_agent(spec)
    kinds = [kind] if kind else ["ClusterRole", "Role"]
    return [rule for each in kinds for role in of_kind(manifests, each) for rule in role["rules"]]


def node_pod(spec: AgentSpec, name: str = "datadog-agent") -> Manifest:
    return dict(pod_templates(compile_agent(spec)))[name]


def host_paths(template: Manifest) -> set[str]:
    return {volume["hostPath"]["path"] for volume in template["spec"]["volumes"] if "hostPath" in volume}


@pytest.mark.parametrize("feature", Feature)
def test_a_feature_takes_its_rules_with_it(feature: Feature) -> None:
    off = without(feature)
    gone = [one for one in RULES if one.features and not one.features & off.features]
    expected = [one.manifest() for one in gone if one.given(SPEC.features, 34)]
    still = [one.manifest() for one in RULES if one.given(off.features, 34)]
    found = rules(off)
    for rule in expected:
        assert rule in rules(SPEC)
        assert rule not in found or rule in still


def test_features_of_rules_are_told_apart() -> None:
    """Known answers, in case the tables and the test above err in the same way."""

    def may(spec: AgentSpec, resource: str, verb: str) -> bool:
        return any(resource in rule.get("resources", ()) and verb in rule["verbs"] for rule in rules(spec))

    assert may(SPEC, "mutatingwebhookconfigurations", "update")
    assert not may(without(Feature.ADMISSION), "mutatingwebhookconfigurations", "get")
    assert may(SPEC, "clusterroles", "list")
    assert not may(without(Feature.ORCHESTRATOR), "clusterroles", "list")
    assert may(SPEC, "resourcequotas", "list")
    assert not may(without(Feature.KUBERNETES_STATE), "resourcequotas", "list")
    assert not may(without(Feature.CLUSTER_AGENT), "pods", "get")
    assert not may(SPEC, "mutatingwebhookconfigurations", "create")
    assert not may(SPEC, "mutatingwebhookconfigurations", "delete")


def test_nobody_reads_secrets_but_those_named() -> None:
    assert not any("secrets" in rule.get("resources", ()) for rule in rules(SPEC, "ClusterRole"))
    reading = [rule for rule in rules(SPEC, "Role") if "secrets" in rule["resources"] and set(rule["verbs"]) & READING]
    assert sorted(name for rule in reading for name in rule["resourceNames"]) == [
        "postgres-monitoring", "webhook-certificate",
    ]  # fmt: skip


def test_nobody_writes_to_the_cluster_but_events_and_our_webhook() -> None:
    written = {
        (resource, verb, *rule.get("resourceNames", ()))
        for rule in rules(SPEC, "ClusterRole")
        for resource in rule.get("resources", ())
        for verb in set(rule["verbs"]) - READING
    }
    assert written == {("mutatingwebhookconfigurations", "update", "datadog-webhook"), ("events", "create")}


def test_no_rule_says_everything() -> None:
    for rule in rules(SPEC):
        assert "*" not in rule["verbs"]
        assert "*" not in rule.get("apiGroups", ())
        assert rule.get("resources") != ["*"] or rule["apiGroups"] == ["external.metrics.k8s.io"]


@pytest.mark.parametrize("minor", [25, 32, 33, 36])
def test_the_kubelets_finer_rights_replace_the_coarse_one(minor: int) -> None:
    text = json.dumps(rules(dataclasses.replace(SPEC, kubernetes_version=f"1.{minor}")))
    fine = minor >= FINE_GRAINED_KUBELET
    assert ("nodes/pods" in text, "nodes/proxy" in text) == (fine, not fine)


@pytest.mark.parametrize("runners", [True, False])
def test_whoever_runs_a_check_reads_its_secret(runners: bool) -> None:
    spec = SPEC if runners else without(Feature.RUNNERS)
    reader = Account.RUNNER if runners else Account.NODE
    manifests = compile_agent(spec)
    (role,) = [one for one in of_kind(manifests, "Role") if one["metadata"]["namespace"] == PASSWORD.namespace]
    assert role["rules"] == [
        {"apiGroups": [""], "resources": ["secrets"], "resourceNames": [PASSWORD.name], "verbs": ["get"]}
    ]
    (binding,) = [
        one for one in of_kind(manifests, "RoleBinding") if one["metadata"]["namespace"] == PASSWORD.namespace
    ]
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
    assert [subject["name"] for subject in binding["subjects"]] == [reader]
    for name, template in pod_templates(manifests):
        reads = any("DD_SECRET_BACKEND_COMMAND" in json.dumps(one) for one in containers(template))
        assert reads is (name == reader)


def test_secrets_of_one_namespace_share_a_role() -> None:
    other = SecretKey(namespace=PASSWORD.namespace, name="redis", key="password")
    redis = dataclasses.replace(POSTGRES, check="redisdb", secrets=(other,))
    names = [rule["resourceNames"] for rule in rules(dataclasses.replace(SPEC, checks=(redis, POSTGRES)), "Role")
             if rule["resources"] == ["secrets"] and rule["verbs"] == ["get"]]  # fmt: skip
    assert names == [["postgres-monitoring", "redis"]]


@pytest.mark.parametrize("feature", Feature)
def test_a_feature_takes_its_paths_of_the_host_with_it(feature: Feature) -> None:
    off = without(feature)
    gone = {one.path for one in HOST_PATHS if one.features and not one.features & off.features}
    assert host_paths(node_pod(off)) == host_paths(node_pod(SPEC)) - gone


def test_without_features_the_agent_sees_the_least_of_the_node() -> None:
    template = node_pod(having([]))
    assert host_paths(template) == {"/proc", "/sys/fs/cgroup", "/var/run", "/etc/os-release"}
    assert template["spec"]["hostPID"] is False
    assert [one["name"] for one in template["spec"]["containers"]] == ["agent"]
    assert not any(
        ("ports" in one and one["ports"]) or "add" in one["securityContext"]["capabilities"]
        for one in containers(template)
    )


def test_only_system_probe_has_capabilities_and_never_all() -> None:
    added = {
        one["name"]: one["securityContext"]["capabilities"]["add"]
        for one in containers(node_pod(SPEC))
        if "add" in one["securityContext"]["capabilities"]
    }
    assert added == {"system-probe": [one.name for one in CAPABILITIES]}


def test_a_pool_goes_without() -> None:
    pool, others = node_pod(WITH_POOL, "datadog-agent-small"), node_pod(WITH_POOL)
    assert "system-probe" in [one["name"] for one in others["spec"]["containers"]]
    assert [one["name"] for one in pool["spec"]["containers"]] == ["agent", "trace-agent"]
    assert "/sys/kernel/debug" not in host_paths(pool)
    assert pool["spec"]["nodeSelector"]["example.com/pool"] == "small"
    (term,) = others["spec"]["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"][
        "nodeSelectorTerms"
    ]
    assert term["matchExpressions"] == [{"key": "example.com/pool", "operator": "NotIn", "values": ["small"]}]


def test_every_rule_path_and_capability_says_why_and_names_features_that_exist() -> None:
    rows = [(one.why, one.features) for table in (RULES, HOST_PATHS, CAPABILITIES, CONNECTIONS) for one in table]
    for why, features in rows:
        assert why
        assert features <= set(FEATURES)

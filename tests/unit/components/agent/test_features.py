"""What a feature changes in the containers, and what goes with it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from components.agent.compile import compile_agent
from components.agent.features import Feature
from components.agent.permissions.accounts import Account
from components.agent.spec import CHECK_FILES, AgentSpec, Proxy, SecretBackend
from tests.unit.components.agent.examples import (
    SPEC,
    Manifest,
    containers,
    having,
    of_kind,
    pod_templates,
    variables,
    without,
)

ONLY = {
    Feature.APM: ("DD_APM_RECEIVER_SOCKET", "8126"),
    Feature.DOGSTATSD: ("DD_DOGSTATSD_SOCKET", "8125"),
    Feature.OTLP: ("DD_OTLP_CONFIG_RECEIVER_PROTOCOLS_GRPC_ENDPOINT", "4317", "otlp-http"),
    Feature.LOGS: ("DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL", "/var/log/pods"),
    Feature.PROCESSES: ("DD_STRIP_PROCESS_ARGS", "/etc/passwd"),
    Feature.NETWORK: ("system-probe", "SYS_ADMIN", "DD_AGENT_IPC_PORT", "/sys/fs/bpf"),
    Feature.SERVICE_MONITORING: ("DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED", "HOST_ROOT"),
    Feature.PROMETHEUS: ("DD_PROMETHEUS_SCRAPE_ENABLED",),
    Feature.CLUSTER_AGENT: ("datadog-cluster-agent", "DD_CLUSTER_AGENT_AUTH_TOKEN", "5005", "PodDisruptionBudget"),
    Feature.EVENTS: ("datadogtoken",),
    Feature.KUBERNETES_STATE: ("kubernetes_state_core",),
    Feature.ORCHESTRATOR: ("DD_ORCHESTRATOR_EXPLORER_CONTAINER_SCRUBBING_ENABLED", "rolebindings"),
    Feature.CLUSTER_CHECKS: ("DD_EXTRA_CONFIG_PROVIDERS", "postgres.d"),
    Feature.RUNNERS: ("datadog-cluster-checks", "DD_CLC_RUNNER_ENABLED"),
    Feature.ADMISSION: ("MutatingWebhookConfiguration", "datadog-webhook", "webhook-certificate", "8000"),
    Feature.EXTERNAL_METRICS: ("APIService", "DD_APP_KEY", "8443", "delegator", "datadog-custom-metrics"),
}
"""Words that only this feature brings into the manifests."""


def text(spec: AgentSpec) -> str:
    return json.dumps(compile_agent(spec), default=str)


@pytest.mark.parametrize("feature", ONLY)
def test_what_only_a_feature_needs_goes_with_it(feature: Feature) -> None:
    there, gone = text(SPEC), text(without(feature))
    for word in ONLY[feature]:
        assert word in there, word
        assert word not in gone, word


def agent(spec: AgentSpec) -> dict[str, str | None]:
    template = dict(pod_templates(compile_agent(spec)))["datadog-agent"]
    return variables(next(one for one in containers(template) if one["name"] == "agent"))


def cluster_agent(spec: AgentSpec) -> dict[str, str | None]:
    template = dict(pod_templates(compile_agent(spec)))["datadog-cluster-agent"]
    return variables(next(one for one in containers(template) if one["name"] == "cluster-agent"))


@pytest.mark.parametrize("on", [True, False])
def test_remote_configuration_is_said_to_everybody(on: bool) -> None:
    spec = SPEC if on else without(Feature.REMOTE_CONFIGURATION)
    for name, template in pod_templates(compile_agent(spec)):
        for container in template["spec"]["containers"]:
            said = variables(container)["DD_REMOTE_CONFIGURATION_ENABLED"]
            assert said == str(on).lower(), f"{name}.{container['name']}"


def test_cluster_checks_run_on_runners_where_there_are_some() -> None:
    assert agent(SPEC)["DD_EXTRA_CONFIG_PROVIDERS"] == "endpointschecks"
    assert agent(without(Feature.RUNNERS))["DD_EXTRA_CONFIG_PROVIDERS"] == "clusterchecks endpointschecks"


def test_checks_become_files_of_whoever_hands_them_out() -> None:
    maps = {one["metadata"]["name"]: one["data"] for one in of_kind(compile_agent(SPEC), "ConfigMap")}
    disk = json.loads(maps["datadog-agent-checks"]["disk.d.0.yaml"])
    assert disk == {"init_config": {}, "instances": [{"use_mount": False}]}
    postgres = json.loads(maps["datadog-cluster-agent-checks"]["postgres.d.0.yaml"])
    assert postgres["cluster_check"] is True
    assert postgres["instances"][0]["password"] == "ENC[k8s_secret@databases/postgres-monitoring/password]"


def test_what_a_check_reads_is_where_it_runs() -> None:
    for spec, runs_there in ((SPEC, Account.RUNNER), (without(Feature.RUNNERS), Account.NODE)):
        mounted = {
            container["name"]: mount["name"]
            for template in dict(pod_templates(compile_agent(spec))).values()
            if template["spec"]["serviceAccountName"] == runs_there
            for container in template["spec"]["containers"]
            for mount in container["volumeMounts"]
            if mount["mountPath"] == CHECK_FILES
        }
        assert mounted == {"agent": "check-files"}
        maps = {one["metadata"]["name"]: one["data"] for one in of_kind(compile_agent(spec), "ConfigMap")}
        assert maps[f"{runs_there}-files"] == {"postgres-ca.pem": "made up"}


def test_a_check_may_come_from_two_areas() -> None:
    other = dataclasses.replace(SPEC.checks[1], instances=({"use_mount": True},))
    (one,) = [
        one
        for one in of_kind(compile_agent(dataclasses.replace(SPEC, checks=(*SPEC.checks, other))), "ConfigMap")
        if one["metadata"]["name"] == "datadog-agent-checks"
    ]
    instances = [json.loads(one["data"][f"disk.d.{number}.yaml"])["instances"] for number in (0, 1)]
    assert instances == [[{"use_mount": False}], [{"use_mount": True}]]


def test_without_a_cluster_agent_nobody_asks_it() -> None:
    alone = agent(having({Feature.LOGS}))
    assert alone["DD_KUBERNETES_COLLECT_METADATA_TAGS"] == "false"
    assert "DD_CLUSTER_AGENT_ENABLED" not in alone


def test_cluster_checks_carry_the_environment_themselves() -> None:
    assert cluster_agent(SPEC)["DD_CLUSTER_CHECKS_EXTRA_TAGS"] == "env:staging"


def test_changed_files_make_new_pods_and_the_same_files_do_not() -> None:
    def annotations(spec: AgentSpec) -> list[Manifest]:
        return [template["metadata"].get("annotations") for _, template in pod_templates(compile_agent(spec))]

    changed = dataclasses.replace(SPEC, checks=SPEC.checks[:1])
    assert annotations(SPEC) == annotations(SPEC)
    assert annotations(SPEC)[0] != annotations(changed)[0]
    assert annotations(SPEC)[1] == annotations(changed)[1]


def test_pods_are_told_the_way_that_the_settings_say() -> None:
    socket = cluster_agent(SPEC)
    assert socket["DD_ADMISSION_CONTROLLER_INJECT_CONFIG_MODE"] == "socket"
    assert socket["DD_TRACE_AGENT_HOST_SOCKET_PATH"] == "/var/run/datadog"
    service = cluster_agent(dataclasses.replace(SPEC, injection="service"))
    assert service["DD_ADMISSION_CONTROLLER_INJECT_CONFIG_LOCAL_SERVICE_NAME"] == "datadog-agent"
    assert "DD_TRACE_AGENT_HOST_SOCKET_PATH" not in service


def test_the_api_server_verifies_unless_told_not_to() -> None:
    (verified,) = of_kind(compile_agent(SPEC), "APIService")
    assert "insecureSkipTLSVerify" not in verified["spec"]
    assert verified["spec"]["caBundle"].startswith("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS")  # -----BEGIN CERTIFICATE
    certificate = json.loads(cluster_agent(SPEC)["DD_EXTERNAL_METRICS_PROVIDER_CONFIG"] or "")
    assert certificate["tls-cert-file"].endswith("/tls.crt")
    careless = dataclasses.replace(
        SPEC, metrics_serving=dataclasses.replace(SPEC.metrics_serving, ca_bundle=None, skip_verification=True)
    )
    (unverified,) = of_kind(compile_agent(careless), "APIService")
    assert unverified["spec"]["insecureSkipTLSVerify"] is True
    assert "caBundle" not in unverified["spec"]


def test_the_proxy_is_said_to_everybody_and_let_through() -> None:
    spec = dataclasses.replace(SPEC, proxy=Proxy(https="http://proxy.example.com:3128", no_proxy=("10.0.0.1",)))
    manifests = compile_agent(spec)
    for _, template in pod_templates(manifests):
        for container in template["spec"]["containers"]:
            assert variables(container)["DD_PROXY_HTTPS"] == "http://proxy.example.com:3128"
            assert variables(container)["DD_PROXY_NO_PROXY"] == "10.0.0.1"
    for policy in of_kind(manifests, "NetworkPolicy"):
        assert 3128 in {port["port"] for rule in policy["spec"]["egress"] for port in rule.get("ports", ())}


def test_a_secret_backend_of_ones_own_is_used_and_checks_keep_their_handles() -> None:
    spec = dataclasses.replace(SPEC, secret_backend=SecretBackend(command="/own", arguments=("a", "b"), timeout=5))
    assert agent(spec)["DD_SECRET_BACKEND_COMMAND"] == "/own"
    assert agent(spec)["DD_SECRET_BACKEND_ARGUMENTS"] == "a b"
    assert cluster_agent(spec)["DD_SECRET_BACKEND_SKIP_CHECKS"] == "true"
    assert "DD_SECRET_BACKEND_COMMAND" not in cluster_agent(SPEC)


def test_what_checks_look_at_is_let_through_to_whoever_runs_them() -> None:
    def ports(spec: AgentSpec, name: str) -> set[int]:
        policy = compile_agent(spec)[f"{name}-network"]
        return {port["port"] for rule in policy["spec"]["egress"] for port in rule.get("ports", ())}

    assert 5432 in ports(SPEC, "datadog-cluster-checks")
    assert 5432 not in ports(SPEC, "datadog-agent")
    assert 5432 in ports(without(Feature.RUNNERS), "datadog-agent")


def test_nothing_leaves_the_cluster_on_any_other_port() -> None:
    for name, policy in compile_agent(having(set(Feature) - {Feature.CLUSTER_CHECKS, Feature.RUNNERS})).items():
        if policy["kind"] == "NetworkPolicy":
            outside = [rule for rule in policy["spec"]["egress"] if "to" not in rule]
            ports = {(port["protocol"], port["port"]) for rule in outside for port in rule["ports"]}
            allowed = {("TCP", 53), ("UDP", 53), ("TCP", 443), ("TCP", 6443), ("TCP", 10250), ("UDP", 123)}
            assert ports <= allowed, name


def test_apparmor_is_said_in_the_cluster_s_own_way() -> None:
    def pod(version: str) -> Manifest:
        spec = dataclasses.replace(SPEC, kubernetes_version=version)
        return dict(pod_templates(compile_agent(spec)))["datadog-agent"]

    annotation = "container.apparmor.security.beta.kubernetes.io/system-probe"
    assert annotation in pod("1.29")["metadata"]["annotations"]
    assert "appArmorProfile" not in json.dumps(pod("1.29"))
    assert annotation not in pod("1.30")["metadata"]["annotations"]
    assert "appArmorProfile" in json.dumps(pod("1.30"))

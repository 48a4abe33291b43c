"""Whatever the agents do, their manifests are valid, whole in themselves, and readable without their secrets."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from components.agent.compile import compile_agent, stage
from components.agent.features import FEATURES, Feature
from components.agent.spec import AgentSpec, Credentials, ExistingSecret
from components.manifests import version_of
from tests.unit.components.agent.examples import (
    SPEC,
    SPECS,
    WITH_POOL,
    containers,
    having,
    of_kind,
    pod_templates,
    without,
)
from tests.unit.components.agent.references import orphans
from tests.unit.components.agent.soundness import assert_sound

EXISTING = Credentials(
    api_key=ExistingSecret(name="kept-api-key"),
    app_key=ExistingSecret(name="kept-app-key"),
    cluster_agent_token=ExistingSecret(name="kept-token"),
)


@pytest.mark.parametrize("feature", Feature)
def test_each_feature_can_be_the_only_one_that_is_off(feature: Feature) -> None:
    assert_sound(without(feature))


@pytest.mark.parametrize("feature", Feature)
def test_each_feature_can_be_the_only_one_that_is_on_with_what_it_needs(feature: Feature) -> None:
    wanted = {feature, Feature.APM} if feature is Feature.ADMISSION else {feature}
    while missing := {other for one in wanted for other in FEATURES[one].requires} - wanted:
        wanted |= missing
    assert_sound(having(wanted))


@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SPECS)
def test_any_combination_is_sound(spec: AgentSpec) -> None:
    assert_sound(spec)


@pytest.mark.parametrize("spec", [SPEC, WITH_POOL, having([])], ids=["all", "pools", "nothing"])
def test_extremes_are_sound(spec: AgentSpec) -> None:
    assert_sound(spec)


def test_the_secrets_are_masked_wherever_manifests_are_printed() -> None:
    manifests = compile_agent(SPEC)
    assert "made-up-marker" not in repr(manifests) + json.dumps(manifests, default=str)
    assert manifests["datadog-agent-api-key"]["stringData"]["api-key"].get_secret_value() == "made-up-marker"


def test_the_application_key_is_in_the_cluster_for_external_metrics_only() -> None:
    assert "datadog-agent-app-key" in compile_agent(SPEC)
    assert "app-key" not in json.dumps(compile_agent(without(Feature.EXTERNAL_METRICS)), default=str)


def test_existing_secrets_are_used_instead_of_ours() -> None:
    manifests = compile_agent(dataclasses.replace(SPEC, credentials=EXISTING))
    assert of_kind(manifests, "Secret") == []
    assert orphans(manifests, existing_secrets={"serving", "kept-api-key", "kept-app-key", "kept-token"}) == []


def test_no_container_runs_unbounded_unwatched_or_writes_to_its_image() -> None:
    for _, template in pod_templates(compile_agent(WITH_POOL)):
        for container in containers(template):
            assert set(container["resources"]) == {"requests", "limits"}
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert not container["securityContext"].get("privileged")
        for container in template["spec"]["containers"]:
            assert {"livenessProbe", "readinessProbe", "startupProbe"} <= set(container)


def test_what_needs_nothing_of_the_node_is_restricted() -> None:
    # https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
    allowed = {"configMap", "emptyDir", "secret"}
    for manifest in of_kind(compile_agent(SPEC), "Deployment"):
        spec = manifest["spec"]["template"]["spec"]
        assert spec["securityContext"]["runAsNonRoot"]
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not spec.get("hostPID")
        assert {kind for volume in spec["volumes"] for kind in volume if kind != "name"} <= allowed
        for container in containers(manifest["spec"]["template"]):
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert container["securityContext"]["allowPrivilegeEscalation"] is False


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("r.example.com:5000/agent:7.81.1", "7.81.1"),
        (f"r.example.com/agent:7.81.1@sha256:{'a' * 64}", "7.81.1"),
        (f"r.example.com:5000/agent@sha256:{'a' * 64}", "a" * 12),
        (f"r.example.com/agent:{'v' * 62}.1", "v" * 62),
    ],
)
def test_the_version_tag_is_the_image_s_and_a_valid_label(image: str, version: str) -> None:
    assert version_of(image) == version


def test_they_come_in_the_order_in_which_they_depend_on_one_another() -> None:
    stages = [stage(manifest) for manifest in compile_agent(WITH_POOL).values()]
    assert stages == sorted(stages)
    assert set(stages) == {0, 1, 2, 3, 4}


def test_every_object_is_in_the_agents_namespace_or_in_none_or_named_here() -> None:
    elsewhere = {
        (manifest["metadata"]["namespace"], manifest["kind"])
        for manifest in compile_agent(SPEC).values()
        if manifest["metadata"].get("namespace") not in {None, "datadog"}
    }
    assert elsewhere == {("kube-system", "RoleBinding"), ("databases", "Role"), ("databases", "RoleBinding")}

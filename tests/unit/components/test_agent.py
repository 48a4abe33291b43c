"""The node agents' manifests: valid for Kubernetes, whole in themselves, and readable without their secret."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import kubernetes_validate
import pytest
from pydantic import SecretStr

from components.agent.compile import NAME, check, compile_agent
from components.agent.spec import AgentSpec, Resources
from infra.naming import Environment

SPEC = AgentSpec(
    environment=Environment.STAGING,
    cluster_name="example",
    namespace="datadog",
    site="datadoghq.eu",
    api_key=SecretStr("made-up-marker"),
    image="registry.example.com/agent:7.0.0",
    agent=Resources(cpu_request=100, cpu_limit=200, memory=256),
    trace_agent=Resources(cpu_request=50, cpu_limit=100, memory=128),
)


def manifests() -> dict[str, dict[str, Any]]:
    return compile_agent(SPEC)


@pytest.mark.parametrize("version", ["1.25", "1.34", "1.36"])
@pytest.mark.parametrize("name", manifests())
def test_every_object_is_valid(name: str, version: str) -> None:
    manifest = json.loads(json.dumps(manifests()[name], default=str))
    kubernetes_validate.validate(manifest, version, strict=True)


def test_the_secret_is_masked_wherever_manifests_are_printed() -> None:
    assert "made-up-marker" not in repr(manifests()) + json.dumps(manifests(), default=str)
    assert manifests()[f"{NAME}-api-key"]["stringData"]["api-key"].get_secret_value() == "made-up-marker"


def pod() -> dict[str, Any]:
    template: dict[str, Any] = manifests()[NAME]["spec"]["template"]
    return template


def containers() -> list[dict[str, Any]]:
    spec = pod()["spec"]
    return [*spec["initContainers"], *spec["containers"]]


def test_the_selector_finds_the_pods() -> None:
    selector = manifests()[NAME]["spec"]["selector"]["matchLabels"]
    assert selector.items() <= pod()["metadata"]["labels"].items()


def test_what_is_mounted_exists_and_what_exists_is_mounted() -> None:
    volumes = {volume["name"] for volume in pod()["spec"]["volumes"]}
    mounted = {mount["name"] for container in containers() for mount in container["volumeMounts"]}
    assert mounted == volumes


def test_every_reference_to_the_secret_is_to_a_key_it_has() -> None:
    secret = manifests()[f"{NAME}-api-key"]
    references = [
        entry["valueFrom"]["secretKeyRef"]
        for container in containers()
        for entry in container.get("env", ())
        if "secretKeyRef" in entry.get("valueFrom", {})
    ]
    assert references
    for reference in references:
        assert reference["name"] == secret["metadata"]["name"]
        assert reference["key"] in secret["stringData"]


def test_no_container_runs_unbounded_or_writes_to_its_image() -> None:
    for container in containers():
        assert set(container["resources"]) == {"requests", "limits"}
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert not container["securityContext"]["allowPrivilegeEscalation"]


def test_the_account_is_bound_to_the_role() -> None:
    binding = manifests()[f"{NAME}-binding"]
    assert binding["roleRef"]["name"] == manifests()[f"{NAME}-role"]["metadata"]["name"]
    (subject,) = binding["subjects"]
    account = manifests()[f"{NAME}-account"]["metadata"]
    assert (subject["name"], subject["namespace"]) == (account["name"], account["namespace"])
    assert pod()["spec"]["serviceAccountName"] == account["name"]


def test_the_role_reads_no_secrets_and_changes_nothing() -> None:
    for rule in manifests()[f"{NAME}-role"]["rules"]:
        assert set(rule["verbs"]) <= {"get", "list", "watch"}
        assert "secrets" not in rule.get("resources", ())


def test_the_environment_tag_is_the_stack_s() -> None:
    assert pod()["metadata"]["labels"]["tags.datadoghq.com/env"] == "staging"
    for container in pod()["spec"]["containers"]:
        env = {entry["name"]: entry.get("value") for entry in container["env"]}
        assert env["DD_ENV"] == "staging"
        assert env["DD_SITE"] == "datadoghq.eu"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"image": "agent"}, "agent.image"),
        ({"image": "registry.example.com/agent:latest"}, "agent.image"),
        ({"agent": Resources(cpu_request=0, cpu_limit=1, memory=1)}, "agent.agent"),
        ({"trace_agent": Resources(cpu_request=2, cpu_limit=1, memory=1)}, "agent.trace_agent"),
    ],
)
def test_what_cannot_work_is_named(change: dict[str, Any], where: str) -> None:
    assert [problem.where for problem in check(dataclasses.replace(SPEC, **change))] == [where]


def test_a_digest_pins_as_well() -> None:
    image = f"registry.example.com/agent@sha256:{'0' * 64}"
    assert check(dataclasses.replace(SPEC, image=image)) == []

"""Agents that tests start from and change, and what they find in manifests."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import strategies as st
from pydantic import SecretStr

from components.agent.features import Feature, missing_requirements
from components.agent.spec import (
    AgentSpec,
    CheckConfig,
    Credentials,
    ExistingSecret,
    Images,
    MetricsServing,
    NodePool,
    NodeSize,
    Placement,
    SecretKey,
)
from infra.naming import Environment

Manifest = dict[str, Any]

PASSWORD = SecretKey(namespace="databases", name="postgres-monitoring", key="password")
POSTGRES = CheckConfig(
    check="postgres",
    instances=({"host": "db.example.com", "port": 5432, "password": PASSWORD.handle},),
    cluster_check=True,
    secrets=(PASSWORD,),
    files={"postgres-ca.pem": "made up"},
)
ON_EVERY_NODE = CheckConfig(check="disk", instances=({"use_mount": False},))
CERTIFICATE_AUTHORITY = "-----BEGIN CERTIFICATE-----\nbWFkZSB1cA==\n-----END CERTIFICATE-----\n"

SPEC = AgentSpec(
    environment=Environment.STAGING,
    cluster_name="example",
    kubernetes_version="1.34",
    namespace="datadog",
    site="datadoghq.eu",
    features=frozenset(Feature),
    credentials=Credentials(api_key=SecretStr("made-up-marker"), app_key=SecretStr("made-up-marker")),
    images=Images(agent="registry.example.com/agent:7.0.0", cluster_agent="registry.example.com/cluster-agent:7.0.0"),
    metrics_serving=MetricsServing(certificate=ExistingSecret(name="serving"), ca_bundle=CERTIFICATE_AUTHORITY),
    labels_as_tags={"tags.datadoghq.com/env": "env", "genonaut.io/team": "team"},
    checks=(POSTGRES, ON_EVERY_NODE),
)
"""Everything is on."""
POOL = NodePool(
    key="small",
    label="example.com/pool",
    value="small",
    node=NodeSize(cpu=2000, memory=8192, pods=58),
    without=frozenset({Feature.NETWORK, Feature.SERVICE_MONITORING}),
)
WITH_POOL = dataclasses.replace(SPEC, placement=Placement(pools=(POOL,)))


def having(features: Iterable[Feature], spec: AgentSpec = SPEC) -> AgentSpec:
    """The same agents with these features only, and the checks that can then run."""
    chosen = frozenset(features)
    possible = tuple(one for one in spec.checks if Feature.CLUSTER_CHECKS in chosen or not one.cluster_check)
    return dataclasses.replace(spec, features=chosen, checks=possible)


def without(feature: Feature, spec: AgentSpec = SPEC) -> AgentSpec:
    """The same agents without a feature, and without what cannot work without it."""
    return having(workable(spec.features - {feature}), spec)


def workable(features: Iterable[Feature]) -> frozenset[Feature]:
    """These features without those that cannot work."""
    left = frozenset(features)
    if not left & {Feature.APM, Feature.DOGSTATSD}:
        left -= {Feature.ADMISSION}
    while missing := missing_requirements(left):
        left -= {feature for feature, _ in missing}
    return left


COMBINATIONS = st.frozensets(st.sampled_from(list(Feature))).map(workable)
"""Features that can work together."""
SPECS = st.builds(
    lambda features, spec, minor: having(features, dataclasses.replace(spec, kubernetes_version=f"1.{minor}")),
    COMBINATIONS,
    st.sampled_from([SPEC, WITH_POOL]),
    st.sampled_from([25, 30, 33, 34, 36]),
)


def pod_templates(manifests: dict[str, Manifest]) -> Iterator[tuple[str, Manifest]]:
    """Every pod template, with the logical name of what it belongs to."""
    for name, manifest in manifests.items():
        if manifest["kind"] in {"DaemonSet", "Deployment"}:
            yield name, manifest["spec"]["template"]


def containers(template: Manifest) -> list[Manifest]:
    """All containers of a pod, those that prepare first."""
    return [*template["spec"]["initContainers"], *template["spec"]["containers"]]


def variables(container: Manifest) -> dict[str, str | None]:
    """A container's plain environment variables."""
    return {entry["name"]: entry.get("value") for entry in container.get("env", ())}


def of_kind(manifests: dict[str, Manifest], kind: str) -> list[Manifest]:
    """The objects of one kind."""
    return [manifest for manifest in manifests.values() if manifest["kind"] == kind]

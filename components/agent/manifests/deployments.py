"""Deployments of agents that belong to no node."""

from __future__ import annotations

from components.agent.manifests.parts import (
    PRIORITY,
    pod_labels,
    pull_secrets,
    restricted_pod,
    selector,
    spread,
    volumes,
)
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec
from components.manifests import Manifest, manifest


def deployment(
    spec: AgentSpec,
    account: Account,
    *,
    image: str,
    replicas: int,
    user: int,
    before: list[Manifest],
    container: Manifest,
    sources: dict[str, Manifest],
    annotations: dict[str, str],
) -> Manifest:
    """The Deployment of an account's pods, on different nodes, of which none is missed while another version comes.

    `before` are the containers that run once before `container`; `sources` are volumes that are no scratch space.
    """
    labels = pod_labels(spec, account, image)
    found = manifest(
        "apps/v1",
        "Deployment",
        account.value,
        spec.namespace,
        spec={
            "replicas": replicas,
            "revisionHistoryLimit": 10,
            "selector": {"matchLabels": selector(account)},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "template": {
                "metadata": {"labels": labels, **({"annotations": annotations} if annotations else {})},
                "spec": {
                    "serviceAccountName": account.value,
                    "automountServiceAccountToken": True,
                    "nodeSelector": {"kubernetes.io/os": "linux"},
                    "affinity": spread(account),
                    "tolerations": [dict(toleration) for toleration in spec.placement.cluster_tolerations],
                    "priorityClassName": PRIORITY,
                    "securityContext": restricted_pod(user),
                    **pull_secrets(spec),
                    "initContainers": before,
                    "containers": [container],
                    "volumes": volumes([*before, container], sources),
                },
            },
        },
    )
    found["metadata"]["labels"] = labels
    return found

"""From the agents to Kubernetes manifests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.agent.manifests.api_extensions import external_metrics, webhook
from components.agent.manifests.check_secrets import roles_for_checks
from components.agent.manifests.cluster_agent import cluster_agents
from components.agent.manifests.cluster_objects import disruption_budgets, namespace, priority_class
from components.agent.manifests.config_maps import config_maps
from components.agent.manifests.network_policies import network_policies
from components.agent.manifests.node_agent import node_agents
from components.agent.manifests.rbac import roles_and_bindings
from components.agent.manifests.runners import runners
from components.agent.manifests.secrets import secrets
from components.agent.manifests.services import services
from components.agent.spec import AgentSpec

STAGES: tuple[frozenset[str], ...] = (
    frozenset({"Namespace", "PriorityClass"}),
    frozenset({"ServiceAccount", "ClusterRole", "Role", "Secret", "ConfigMap", "NetworkPolicy"}),
    frozenset({"ClusterRoleBinding", "RoleBinding", "Service"}),
    frozenset({"DaemonSet", "Deployment", "PodDisruptionBudget"}),
    frozenset({"MutatingWebhookConfiguration", "APIService"}),
)
"""Kinds in the order in which they are made. They go the other way round: first what the API server would ask in vain
(an APIService without its server keeps namespaces from being deleted), then the pods, then what lets them work."""


def compile_agent(spec: AgentSpec) -> dict[str, dict[str, Any]]:
    """Manifests by logical name, in the order in which they depend on one another."""
    found = {
        **namespace(spec),
        **priority_class(),
        **secrets(spec),
        **config_maps(spec),
        **roles_and_bindings(spec),
        **roles_for_checks(spec),
        **network_policies(spec),
        **services(spec),
        **node_agents(spec),
        **cluster_agents(spec),
        **runners(spec),
        **disruption_budgets(spec),
        **webhook(spec),
        **external_metrics(spec),
    }
    return dict(sorted(found.items(), key=lambda item: stage(item[1])))


def stage(manifest: Mapping[str, Any]) -> int:
    """The place of an object's kind in `STAGES`."""
    return next(number for number, kinds in enumerate(STAGES) if manifest["kind"] in kinds)

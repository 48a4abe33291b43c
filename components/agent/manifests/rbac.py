"""Accounts, roles and bindings, made from the tables of components/agent/permissions."""

from __future__ import annotations

from components.agent.features import Feature
from components.agent.manifests.parts import (
    RBAC,
)
from components.agent.permissions.accounts import Account
from components.agent.permissions.api import rules
from components.agent.spec import AgentSpec
from components.manifests import Manifest, manifest

_RUNS_WITH = {Account.NODE: None, Account.CLUSTER: Feature.CLUSTER_AGENT, Account.RUNNER: Feature.RUNNERS}


def accounts(spec: AgentSpec) -> list[Account]:
    """Those that are used."""
    return [account for account, feature in _RUNS_WITH.items() if feature is None or feature in spec.features]


def roles_and_bindings(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name: every account in use, with a role where it may do something."""
    found: dict[str, Manifest] = {}
    for account in accounts(spec):
        found[f"{account}-account"] = manifest("v1", "ServiceAccount", account.value, spec.namespace)
        in_cluster = rules(account, spec.features, spec.minor_version, namespaced=False)
        in_namespace = rules(account, spec.features, spec.minor_version, namespaced=True)
        if in_cluster:
            found[f"{account}-role"] = manifest(f"{RBAC}/v1", "ClusterRole", account.value, rules=in_cluster)
            found[f"{account}-binding"] = binding(spec, account, "ClusterRole", account.value)
        if in_namespace:
            found[f"{account}-own-role"] = manifest(
                f"{RBAC}/v1", "Role", account.value, spec.namespace, rules=in_namespace
            )
            found[f"{account}-own-binding"] = binding(spec, account, "Role", account.value, namespace=spec.namespace)
    return found


def binding(
    spec: AgentSpec, account: Account, kind: str, role: str, *, name: str | None = None, namespace: str | None = None
) -> Manifest:
    """Gives an account a role: in the cluster, or in one namespace."""
    return manifest(
        f"{RBAC}/v1",
        "RoleBinding" if namespace else "ClusterRoleBinding",
        name or account.value,
        namespace,
        roleRef={"apiGroup": RBAC, "kind": kind, "name": role},
        subjects=[{"kind": "ServiceAccount", "name": account.value, "namespace": spec.namespace}],
    )

"""The right to read the Secrets that checks name: each by its name, in its namespace, for whoever runs the check."""

from __future__ import annotations

from components.agent.manifests.parts import (
    RBAC,
)
from components.agent.manifests.rbac import binding
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec
from components.manifests import Manifest, manifest

# Logical names have 63 characters, and so have namespaces.
_SHORT = {Account.NODE: "node", Account.RUNNER: "runner"}


def roles_for_checks(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name: one role and binding for each reader and namespace."""
    found: dict[str, Manifest] = {}
    for (account, namespace), names in sorted(_readers(spec).items()):
        role = f"{account}-secrets"
        rule = {"apiGroups": [""], "resources": ["secrets"], "resourceNames": sorted(names), "verbs": ["get"]}
        logical_name = f"{_SHORT[account]}-secrets-{namespace}"
        found[f"{logical_name}-role"] = manifest(f"{RBAC}/v1", "Role", role, namespace, rules=[rule])
        found[f"{logical_name}-binding"] = binding(spec, account, "Role", role, name=role, namespace=namespace)
    return found


def _readers(spec: AgentSpec) -> dict[tuple[Account, str], set[str]]:
    readers: dict[tuple[Account, str], set[str]] = {}
    for account in _SHORT:
        for check in spec.checks_run_by(account):
            for secret in check.secrets:
                readers.setdefault((account, secret.namespace), set()).add(secret.name)
    return readers

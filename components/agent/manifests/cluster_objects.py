"""What the agents need around them: their namespace, priority, and how many may be gone at once."""

from __future__ import annotations

from components.agent.manifests.parts import (
    PRIORITY,
    selector,
)
from components.agent.manifests.rbac import accounts
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec
from components.manifests import Manifest, manifest

# The node agents read the host's processes and files, which the "baseline" standard forbids
# (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
_PRIVILEGED = {f"pod-security.kubernetes.io/{mode}": "privileged" for mode in ("enforce", "audit", "warn")}
_PRIORITY_VALUE = 1_000_000
"""Above workloads, which leave theirs at 0, and below what the cluster itself runs (2,000,000,000)."""


def namespace(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name."""
    found = manifest("v1", "Namespace", spec.namespace)
    found["metadata"]["labels"] |= _PRIVILEGED
    return {f"{Account.NODE}-namespace": found}


def priority_class() -> dict[str, Manifest]:
    """By logical name."""
    found = manifest(
        "scheduling.k8s.io/v1",
        "PriorityClass",
        PRIORITY,
        value=_PRIORITY_VALUE,
        globalDefault=False,
        preemptionPolicy="PreemptLowerPriority",
        description="Agents: a node without one is a node that nobody sees.",
    )
    return {PRIORITY: found}


def disruption_budgets(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name. DaemonSets have none: draining a node leaves their pods alone."""
    return {
        f"{account}-budget": manifest(
            "policy/v1",
            "PodDisruptionBudget",
            account.value,
            spec.namespace,
            spec={"maxUnavailable": 1, "selector": {"matchLabels": selector(account)}},
        )
        for account in accounts(spec)
        if account is not Account.NODE
    }

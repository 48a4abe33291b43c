"""What the agents may do at the Kubernetes API and the kubelets' (RBAC).

Nobody may read Secrets of the whole cluster, and but for events nobody may write to any namespace but the agents' own:
what lives there is in `Rule`s with `namespaced`. Secrets that a check reads are added per Secret, by name
(manifests/check_secrets.py).
"""

from __future__ import annotations

from typing import Any

from components.agent.features import Feature
from components.agent.permissions.accounts import Account
from components.agent.permissions.of_cluster_agent import CLUSTER_AGENT_RULES
from components.agent.permissions.of_nodes import NODE_RULES
from components.agent.permissions.rule import Rule

RULES: tuple[Rule, ...] = (*NODE_RULES, *CLUSTER_AGENT_RULES)
"""Every rule. The runners need none: what they read besides, their checks say."""


def rules(
    account: Account, features: frozenset[Feature], minor_version: int, *, namespaced: bool
) -> list[dict[str, Any]]:
    """The rules of an account's role, in the cluster or in the agents' namespace."""
    return [
        rule.manifest()
        for rule in RULES
        if rule.account is account and rule.namespaced is namespaced and rule.given(features, minor_version)
    ]

"""What the service accounts of every stack may do, as the API server's own authorizer says."""

from __future__ import annotations

import time

from components.agent.features import Feature
from tests.cluster.access import ROLES, Account, Question, accounts, dangerous, granted, unbound
from tests.cluster.cluster import Answer, Cluster
from tests.cluster.needs import needed, state_of_workloads

IN_FORCE_WITHIN = 15.0
"""Seconds until the authorizer must know a role that was just bound."""

# Served by kubelets, which ask the API server about them; it serves no such resources itself.
KUBELET = {f"nodes/{part}" for part in ("metrics", "spec", "stats", "pods", "healthz", "configz", "logs")}
# Served where somebody installed what defines them: group -> what.
EXTENSIONS = {"autoscaling.k8s.io": "the Vertical Pod Autoscaler", "external.metrics.k8s.io": "the cluster agent"}


def test_roles_grant_what_they_say(cluster: Cluster, applied: dict[str, Answer]) -> None:
    """A role that is not bound, or bound to another name, grants nothing."""
    assert applied
    assert unbound(cluster.manifests) == []
    questions = list(granted(cluster.manifests))
    assert questions
    assert refused(cluster, questions) == []


def test_every_feature_may_do_what_it_needs(cluster: Cluster, applied: dict[str, Answer]) -> None:
    assert applied
    questions = list(needed(cluster.features, cluster.manifests["datadog-agent-account"]["metadata"]["namespace"]))
    assert refused(cluster, questions) == []


def test_the_state_of_workloads_can_be_read(cluster: Cluster, applied: dict[str, Answer]) -> None:
    assert applied
    questions = list(state_of_workloads(cluster.manifests, cluster.resources()))
    assert bool(questions) == (Feature.KUBERNETES_STATE in cluster.features)
    assert refused(cluster, questions) == []


def test_roles_name_resources_that_exist(cluster: Cluster, applied: dict[str, Answer]) -> None:
    """The authorizer takes any word; a misspelt one grants nothing."""
    assert applied
    served = cluster.resources()
    named = {
        (group, resource)
        for each in cluster.manifests.values()
        if each["kind"] in ROLES
        for rule in each["rules"]
        for group in rule.get("apiGroups", ())
        for resource in rule["resources"]
        if (group, resource) not in served and group not in EXTENSIONS and not (group == "" and resource in KUBELET)
    }
    assert sorted(named) == []


def test_no_account_may_do_anything_dangerous(cluster: Cluster, applied: dict[str, Answer]) -> None:
    assert applied
    found = accounts(cluster.manifests)
    assert found
    allowed = {
        (account.name, question)
        for account in found
        for question in dangerous(cluster.manifests)
        if may(cluster, account, question)
    }
    assert sorted(allowed) == []


def refused(cluster: Cluster, questions: list[tuple[Account, Question]]) -> list[tuple[Account, Question]]:
    deadline = time.monotonic() + IN_FORCE_WITHIN
    while questions and time.monotonic() < deadline:
        questions = [(account, question) for account, question in questions if not may(cluster, account, question)]
    return questions


def may(cluster: Cluster, account: Account, question: Question) -> bool:
    return cluster.may(account.namespace, account.name, question.attributes)

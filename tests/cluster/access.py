"""Questions to a cluster's authorizer: what our accounts need, and what none of them may ever do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

Manifests = Mapping[str, Mapping[str, Any]]

ROLES = ("ClusterRole", "Role")
BINDINGS = ("ClusterRoleBinding", "RoleBinding")
EVERYWHERE = ""
"""In a review: all namespaces at once."""
ELSEWHERE = ("default", "kube-system", EVERYWHERE)
"""Where nothing of ours lives."""
RBAC = "rbac.authorization.k8s.io"


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """A service account."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """May it do this to that resource (or path, where `path` is given)?"""

    verb: str
    group: str = ""
    resource: str = ""
    """With its subresource after a slash."""
    namespace: str = EVERYWHERE
    name: str = ""
    path: str = ""

    @property
    def attributes(self) -> dict[str, Any]:
        """As a SubjectAccessReview has it."""
        if self.path:
            return {"nonResourceAttributes": {"verb": self.verb, "path": self.path}}
        resource, _, subresource = self.resource.partition("/")
        named = {
            "group": self.group, "resource": resource, "subresource": subresource,
            "namespace": self.namespace, "name": self.name,
        }  # fmt: skip
        return {"resourceAttributes": {"verb": self.verb, **{key: value for key, value in named.items() if value}}}


BUILT_IN_ROLES = {"system:auth-delegator", "extension-apiserver-authentication-reader"}
BUILT_IN_ACCOUNTS = {Account("kube-system", "horizontal-pod-autoscaler")}
"""What every cluster brings, as far as our bindings name it."""


def accounts(manifests: Manifests) -> list[Account]:
    """The service accounts that a stack declares."""
    return sorted(
        Account(each["metadata"]["namespace"], each["metadata"]["name"])
        for each in manifests.values()
        if each["kind"] == "ServiceAccount"
    )


def questions(verbs: tuple[str, ...], group: str, resources: list[str], namespace: str) -> Iterator[Question]:
    """Each verb on each resource."""
    for verb, resource in product(verbs, resources):
        yield Question(verb, group, resource, namespace)


def granted(manifests: Manifests) -> Iterator[tuple[Account, Question]]:
    """What the roles that a stack declares and binds grant, one question for each verb on each resource."""
    roles = {_key(each["kind"], each["metadata"]): each for each in manifests.values() if each["kind"] in ROLES}
    for binding in (each for each in manifests.values() if each["kind"] in BINDINGS):
        # A cluster role that is bound in a namespace holds there only.
        namespace = binding["metadata"].get("namespace", EVERYWHERE)
        role = roles.get(_referenced(binding))
        for subject, rule in product(binding["subjects"], role["rules"] if role else ()):
            if subject["kind"] == "ServiceAccount":
                account = Account(subject["namespace"], subject["name"])
                yield from ((account, question) for question in _rule_asked(rule, namespace))


def unbound(manifests: Manifests) -> list[str]:
    """Logical names of roles that no binding names, and of bindings whose service account or role is not declared."""
    roles = {_key(each["kind"], each["metadata"]): name for name, each in manifests.items() if each["kind"] in ROLES}
    bindings = {name: each for name, each in manifests.items() if each["kind"] in BINDINGS}
    bound = {_referenced(each) for each in bindings.values()}
    known = set(accounts(manifests))
    return sorted(
        {name for key, name in roles.items() if key not in bound}
        | {
            name
            for name, each in bindings.items()
            if not (_referenced(each) in roles or each["roleRef"]["name"] in BUILT_IN_ROLES)
            or not any(
                Account(subject["namespace"], subject["name"]) in known | BUILT_IN_ACCOUNTS
                for subject in each["subjects"]
            )
        }
    )


def _referenced(binding: Mapping[str, Any]) -> tuple[str, str, str]:
    """The key of the role that a binding names."""
    reference = binding["roleRef"]
    namespace = binding["metadata"].get("namespace", "") if reference["kind"] == "Role" else ""
    return reference["kind"], namespace, reference["name"]


def _key(kind: str, metadata: Mapping[str, Any]) -> tuple[str, str, str]:
    return kind, metadata.get("namespace", ""), metadata["name"]


def _rule_asked(rule: Mapping[str, Any], namespace: str) -> Iterator[Question]:
    for verb, path in product(rule["verbs"], rule.get("nonResourceURLs", ())):
        yield Question(verb, path=path)
    for verb, group, resource, name in product(
        rule["verbs"], rule.get("apiGroups", ()), rule.get("resources", ()), rule.get("resourceNames") or ("",)
    ):
        yield Question(verb, group, resource, namespace, name)


def dangerous(manifests: Manifests) -> Iterator[Question]:
    """What would let whoever steals an account's token read secrets, run code, gain more rights or do damage."""
    read, write = ("get", "list", "watch"), ("create", "update", "patch", "delete", "deletecollection")
    for namespace in ELSEWHERE:
        yield from questions(write, "", ["secrets", "configmaps"], namespace)
        yield from questions(write, "coordination.k8s.io", ["leases"], namespace)
    own = {each["metadata"].get("namespace", EVERYWHERE) for each in manifests.values()}
    for namespace in sorted({*own, *ELSEWHERE}):
        yield from questions(read, "", ["secrets"], namespace)
        yield from questions(("get", "create"), "", ["pods/exec", "pods/attach", "pods/portforward"], namespace)
        yield from questions(("get", "create"), "", ["services/proxy", "pods/proxy"], namespace)
        yield from questions(("create",), "", ["serviceaccounts/token", "pods/eviction", "pods/binding"], namespace)
        yield from questions(("update", "patch"), "", ["pods/ephemeralcontainers"], namespace)
        yield from questions(write, "", ["pods", "services", "endpoints", "serviceaccounts"], namespace)
        yield from questions(write, "", ["persistentvolumeclaims", "replicationcontrollers"], namespace)
        yield from questions(("delete", "deletecollection"), "", ["secrets", "configmaps", "events"], namespace)
        yield from questions(write, "apps", ["deployments", "daemonsets", "statefulsets", "replicasets"], namespace)
        yield from questions(write, "batch", ["jobs", "cronjobs"], namespace)
        yield from questions(write, "networking.k8s.io", ["networkpolicies", "ingresses"], namespace)
        yield from questions((*write, "escalate", "bind"), RBAC, ["roles", "rolebindings"], namespace)
        yield from questions(("impersonate",), "", ["serviceaccounts"], namespace)
    yield from questions(("get", "create"), "", ["nodes/proxy"], EVERYWHERE)
    yield from questions(write, "", ["nodes", "nodes/status", "namespaces", "persistentvolumes"], EVERYWHERE)
    yield from questions((*write, "escalate", "bind"), RBAC, ["clusterroles", "clusterrolebindings"], EVERYWHERE)
    yield from questions(("impersonate",), "", ["users", "groups"], EVERYWHERE)
    certificates = ["certificatesigningrequests", "certificatesigningrequests/approval"]
    yield from questions(write, "certificates.k8s.io", certificates, EVERYWHERE)
    yield from questions(("approve", "sign"), "certificates.k8s.io", ["signers"], EVERYWHERE)
    yield from questions(write, "apiextensions.k8s.io", ["customresourcedefinitions"], EVERYWHERE)
    yield from questions(write, "apiregistration.k8s.io", ["apiservices"], EVERYWHERE)
    admission = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies"]
    yield from questions(write, "admissionregistration.k8s.io", admission, EVERYWHERE)
    yield Question("*", "*", "*")
    yield from (Question(verb, path=path) for verb in ("get", "post") for path in ("/*", "/logs/", "/debug/pprof/"))

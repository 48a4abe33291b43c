"""Kinds: which live in no namespace, what their plural is, which objects two tokens share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CLUSTER_SCOPED = frozenset(
    """APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding ClusterTrustBundle
    ComponentStatus CustomResourceDefinition DeviceClass DeviceTaintRule FlowSchema IPAddress IngressClass
    MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration Namespace Node
    PersistentVolume PriorityClass PriorityLevelConfiguration ResourceSlice RuntimeClass SelfSubjectReview
    SelfSubjectAccessReview SelfSubjectRulesReview ServiceCIDR StorageClass StorageVersion StorageVersionMigration
    SubjectAccessReview TokenReview ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
    ValidatingWebhookConfiguration VolumeAttachment VolumeAttributesClass PodSecurityPolicy""".split()
)
"""Kinds without a namespace (`kubectl api-resources --namespaced=false`, and the API reference for the newer ones)."""

BUILT_IN_NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease")
"""Namespaces every cluster starts with."""

IRREGULAR_PLURALS = {"Endpoints": "endpoints", "EndpointSlice": "endpointslices"}

HELM_RELEASE = "kubernetes:helm.sh/v3:Release"


def is_api_object(token: str) -> bool:
    """Whether a type is an object of the Kubernetes API: all of its provider's types are, but for Helm's releases."""
    return token.startswith("kubernetes:") and token != HELM_RELEASE


def plural(kind: str) -> str:
    """The resource name in a URL, as the API server's own rule makes it (apimachinery `UnsafeGuessKindToResource`)."""
    lower = kind.lower()
    if kind in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[kind]
    if lower.endswith("s"):
        return f"{lower}es"
    return f"{lower[:-1]}ies" if lower.endswith("y") and lower[-2] not in "aeiou" else f"{lower}s"


def api_version_of(token: str) -> str:
    """`kubernetes:apps/v1:DaemonSet` -> `apps/v1`; the core group has no name in an API version."""
    version = token.split(":")[1]
    return version.removeprefix("core/") if version.startswith("core/") else version


def kind_of(token: str) -> str:
    """`kubernetes:apps/v1:DaemonSet` -> `DaemonSet`, and the same for a patch of one."""
    return token.split(":")[2].removesuffix("Patch")


def is_patch(token: str) -> bool:
    """Whether a type changes fields of an object that somebody else made (no kind of the API's ends like that)."""
    return token.startswith("kubernetes:") and token.endswith("Patch")


def target_of(token: str) -> str:
    """`kubernetes:apps/v1:DaemonSetPatch` -> `kubernetes:apps/v1:DaemonSet`."""
    return token.removesuffix("Patch")


def group_of(api_version: str) -> str:
    """`apps/v1` -> `apps`; `v1` -> the empty core group."""
    return api_version.split("/", maxsplit=1)[0] if "/" in api_version else ""


def metadata_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """An object's metadata, empty when it has none or it is not known."""
    metadata = values.get("metadata")
    return dict(metadata) if isinstance(metadata, Mapping) else {}


def is_namespaced(token: str, custom_scopes: Mapping[str, bool]) -> bool:
    """Whether objects of the type live in a namespace; `custom_scopes` has the answer for custom kinds."""
    kind = kind_of(token)
    return custom_scopes.get(f"{group_of(api_version_of(token))}/{kind}", kind not in CLUSTER_SCOPED)

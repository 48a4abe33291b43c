"""Kubernetes objects from manifests: one table from API version and kind to the SDK's class."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, cast

import pulumi
from pulumi_kubernetes.admissionregistration import v1 as admission
from pulumi_kubernetes.apiregistration import v1 as registration
from pulumi_kubernetes.apps import v1 as apps
from pulumi_kubernetes.batch import v1 as batch
from pulumi_kubernetes.core import v1 as core
from pulumi_kubernetes.networking import v1 as networking
from pulumi_kubernetes.policy import v1 as policy
from pulumi_kubernetes.rbac import v1 as rbac
from pulumi_kubernetes.scheduling import v1 as scheduling
from pydantic import SecretStr

from infra.secrets import Generated, with_secrets

CLASSES: Mapping[tuple[str, str], type[pulumi.CustomResource]] = {
    ("v1", "Namespace"): core.Namespace,
    ("v1", "Secret"): core.Secret,
    ("v1", "ConfigMap"): core.ConfigMap,
    ("v1", "PersistentVolumeClaim"): core.PersistentVolumeClaim,
    ("v1", "Service"): core.Service,
    ("v1", "ServiceAccount"): core.ServiceAccount,
    ("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"): admission.MutatingWebhookConfiguration,
    ("apiregistration.k8s.io/v1", "APIService"): registration.APIService,
    ("apps/v1", "DaemonSet"): apps.DaemonSet,
    ("apps/v1", "Deployment"): apps.Deployment,
    ("apps/v1", "StatefulSet"): apps.StatefulSet,
    ("batch/v1", "CronJob"): batch.CronJob,
    ("batch/v1", "Job"): batch.Job,
    ("networking.k8s.io/v1", "NetworkPolicy"): networking.NetworkPolicy,
    ("policy/v1", "PodDisruptionBudget"): policy.PodDisruptionBudget,
    ("rbac.authorization.k8s.io/v1", "ClusterRole"): rbac.ClusterRole,
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"): rbac.ClusterRoleBinding,
    ("rbac.authorization.k8s.io/v1", "Role"): rbac.Role,
    ("rbac.authorization.k8s.io/v1", "RoleBinding"): rbac.RoleBinding,
    ("scheduling.k8s.io/v1", "PriorityClass"): scheduling.PriorityClass,
}


def declare(name: str, manifest: Mapping[str, Any], opts: pulumi.ResourceOptions) -> pulumi.CustomResource:
    """Declare the object of this manifest; `SecretStr` and `Generated` values in it become secrets of the engine.

    Raises KeyError for a kind that the table does not have.
    """
    filled = with_secrets(manifest, _reveal)
    body = {_snake(key): value for key, value in filled.items() if key not in {"apiVersion", "kind"}}
    if any(isinstance(value, Generated) for value in manifest.get("stringData", {}).values()):
        # Made up anew at every run, and kept as it was first created: docs/adr/0010-generated-secrets.md.
        opts = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(ignore_changes=["stringData"]))
    return CLASSES[manifest["apiVersion"], manifest["kind"]](name, opts=opts, **body)


def _snake(key: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)


def _reveal(secret: SecretStr | Generated) -> pulumi.Output[str]:
    if isinstance(secret, SecretStr):
        return pulumi.Output.secret(secret.get_secret_value())
    # A preview cannot know it: a plan that held a value would refuse the one that the run makes up.
    if pulumi.runtime.is_dry_run():
        return cast("pulumi.Output[str]", pulumi.Output.secret(pulumi.UNKNOWN))
    return pulumi.Output.secret(secrets.token_hex(secret.length // 2))

"""The agents' configuration files, and how containers see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from components.agent.features import Feature
from components.agent.manifests import system_probe
from components.agent.permissions.accounts import Account
from components.agent.spec import AgentSpec, CheckConfig
from components.manifests import Manifest, json_text, manifest

NODE_CHECKS = "datadog-agent-checks"
CLUSTER_CHECKS = "datadog-cluster-agent-checks"

COLLECTORS = (
    "nodes", "pods", "services", "namespaces", "resourcequotas", "limitranges", "replicationcontrollers",
    "persistentvolumeclaims", "persistentvolumes", "daemonsets", "deployments", "replicasets", "statefulsets",
    "cronjobs", "jobs", "horizontalpodautoscalers", "poddisruptionbudgets", "storageclasses", "volumeattachments",
    "ingresses",
)  # fmt: skip
"""What the kubernetes_state_core check reports on: not Secrets and ConfigMaps, all of which it would have to read."""
_LABELLED = ("pod", "deployment", "statefulset", "daemonset", "job", "cronjob")


def config_maps(spec: AgentSpec) -> dict[str, Manifest]:
    """By logical name; one that nobody would mount is left out."""
    contents = {
        NODE_CHECKS: node_checks(spec),
        CLUSTER_CHECKS: cluster_checks(spec),
        system_probe.CONFIG_MAP: system_probe.files(spec.features),
        **{check_files_of(account): check_files(spec, account) for account in (Account.NODE, Account.RUNNER)},
    }
    return {
        name: manifest("v1", "ConfigMap", name, spec.namespace, data={_key(path): text for path, text in files.items()})
        for name, files in contents.items()
        if files
    }


def source(name: str, files: Mapping[str, str]) -> Manifest:
    """The volume with these files."""
    items = [{"key": _key(path), "path": path} for path in files]
    return {"configMap": {"name": name, "items": items}}


def node_checks(spec: AgentSpec) -> dict[str, str]:
    """Checks that run on every node: path below conf.d -> text."""
    return _files(check for check in spec.checks if not check.cluster_check)


def cluster_checks(spec: AgentSpec) -> dict[str, str]:
    """What the cluster agent runs itself or hands out: path below conf.d -> text."""
    files = _files(check for check in spec.checks if check.cluster_check)
    if Feature.KUBERNETES_STATE in spec.features:
        files["kubernetes_state_core.d/kubernetes_state_core.yaml.default"] = json_text(
            {"init_config": {}, "instances": [_kubernetes_state(spec)]}
        )
    if Feature.CLUSTER_AGENT in spec.features:
        # Component statuses are deprecated, and the API server's readiness tells the same.
        instance = {"filtering_enabled": False, "unbundle_events": False, "use_component_status": False}
        files["kubernetes_apiserver.d/kubernetes_apiserver.yaml"] = json_text(
            {"init_config": {}, "instances": [instance]}
        )
    return files


def check_files(spec: AgentSpec, account: Account) -> dict[str, str]:
    """What this account's checks read besides their configuration: name -> text."""
    return {name: text for check in spec.checks_run_by(account) for name, text in check.files.items()}


def check_files_of(account: Account) -> str:
    """The name of the ConfigMap with an account's `check_files`."""
    return f"{account}-files"


def _kubernetes_state(spec: AgentSpec) -> dict[str, Any]:
    labels = dict(spec.labels_as_tags)
    return {
        "collectors": list(COLLECTORS),
        "labels_as_tags": {kind: labels for kind in _LABELLED} if labels else {},
    }


def _files(checks: Iterable[CheckConfig]) -> dict[str, str]:
    files: dict[str, str] = {}
    for check in checks:
        number = sum(path.startswith(f"{check.check}.d/") for path in files)
        flag = {"cluster_check": True} if check.cluster_check else {}
        content = {
            **flag,
            "init_config": dict(check.init_config),
            "instances": [dict(instance) for instance in check.instances],
        }
        files[f"{check.check}.d/{number}.yaml"] = json_text(content)
    return files


def _key(path: str) -> str:
    return path.replace("/", ".")

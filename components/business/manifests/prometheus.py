"""Prometheus: one pod, its volume, and the right to see which pods Genonaut runs."""

from __future__ import annotations

from components.business.configuration import PORT_NAME, RULES, SECRETS, configuration, port_of
from components.business.manifests.parts import (
    GRAFANA,
    PROMETHEUS,
    PROMETHEUS_PORT,
    network_policy,
    pod_labels,
    pod_security,
    probes,
    pull_secrets,
    resources,
    service,
    tcp,
)
from components.business.rules import rule_file
from components.business.spec import BusinessSpec
from components.manifests import RESTRICTED, Manifest, checksum, json_text, manifest, named
from infra.naming import UNIFIED_LABELS

_NOBODY = 65534
"""The image's own user."""
_RBAC = "rbac.authorization.k8s.io"
_DATA = "/prometheus"


def prometheus(spec: BusinessSpec) -> dict[str, Manifest]:
    """Its objects by logical name, in the order in which they depend on one another."""
    files = {
        "prometheus.yml": json_text(configuration(spec)),
        "rules.yml": json_text(rule_file(spec.groups, spec.environment, spec.runbook_base_url)),
    }
    return {
        f"{PROMETHEUS}-account": manifest(
            "v1", "ServiceAccount", PROMETHEUS, spec.namespace, automountServiceAccountToken=False
        ),
        f"{PROMETHEUS}-role": manifest(
            f"{_RBAC}/v1",
            "Role",
            PROMETHEUS,
            spec.watched_namespace,
            rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]}],
        ),
        f"{PROMETHEUS}-binding": manifest(
            f"{_RBAC}/v1",
            "RoleBinding",
            PROMETHEUS,
            spec.watched_namespace,
            roleRef={"apiGroup": _RBAC, "kind": "Role", "name": PROMETHEUS},
            subjects=[{"kind": "ServiceAccount", "name": PROMETHEUS, "namespace": spec.namespace}],
        ),
        f"{PROMETHEUS}-files": manifest("v1", "ConfigMap", PROMETHEUS, spec.namespace, data=files),
        f"{PROMETHEUS}-network": _network(spec),
        f"{PROMETHEUS}-service": service(spec, PROMETHEUS, PROMETHEUS_PORT, clusterIP="None"),
        f"{PROMETHEUS}-data": _volume(spec),
        PROMETHEUS: _stateful_set(spec, files),
    }


def _network(spec: BusinessSpec) -> Manifest:
    pods = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": spec.watched_namespace}},
        "podSelector": {
            "matchExpressions": [{"key": UNIFIED_LABELS["service"], "operator": "In", "values": sorted(spec.services)}]
        },
    }
    outside = sorted(
        {port_of(url) for url in (spec.remote_write and spec.remote_write.url, spec.alertmanager) if url} - {443, 6443}
    )
    return network_policy(
        spec,
        PROMETHEUS,
        ingress=[tcp("http", **{"from": [{"podSelector": {"matchLabels": named(GRAFANA)}}]})],
        # The API server, whose address no policy can name, is behind 443 or 6443; stores are mostly behind 443.
        egress=[tcp(PORT_NAME, to=[pods]), tcp(443, 6443, *outside)],
    )


def _volume(spec: BusinessSpec) -> Manifest:
    storage = spec.storage
    found = manifest(
        "v1",
        "PersistentVolumeClaim",
        PROMETHEUS,
        spec.namespace,
        spec={
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": storage.size}},
            **({"storageClassName": storage.storage_class} if storage.storage_class else {}),
        },
    )
    # Many classes make the volume only when a pod asks for it, and the pod comes later.
    found["metadata"]["annotations"] = {"pulumi.com/skipAwait": "true"}
    return found


def _stateful_set(spec: BusinessSpec, files: dict[str, str]) -> Manifest:
    labels = pod_labels(spec, PROMETHEUS, spec.prometheus_image)
    login = spec.remote_write.secret if spec.remote_write else None
    volumes: dict[str, Manifest] = {
        "data": {"persistentVolumeClaim": {"claimName": PROMETHEUS}},
        "files": {"configMap": {"name": PROMETHEUS}},
        **({"login": {"secret": {"secretName": login, "defaultMode": 0o440}}} if login else {}),
    }
    mounts = [
        {"name": "data", "mountPath": _DATA},
        {"name": "files", "mountPath": RULES.rpartition("/")[0], "readOnly": True},
        *([{"name": "login", "mountPath": SECRETS, "readOnly": True}] if login else []),
    ]
    found = manifest(
        "apps/v1",
        "StatefulSet",
        PROMETHEUS,
        spec.namespace,
        spec={
            # One: a second would read everything once more into a volume of its own, and Grafana would show now one
            # and now the other. Nobody is woken by it; Datadog has the same counts.
            "replicas": 1,
            "serviceName": PROMETHEUS,
            "selector": {"matchLabels": named(PROMETHEUS)},
            "template": {
                "metadata": {"labels": labels, "annotations": checksum(files)},
                "spec": {
                    "serviceAccountName": PROMETHEUS,
                    "automountServiceAccountToken": True,
                    "enableServiceLinks": False,
                    # To write the last samples down.
                    "terminationGracePeriodSeconds": 120,
                    "nodeSelector": {"kubernetes.io/os": "linux"},
                    "securityContext": pod_security(_NOBODY),
                    **pull_secrets(spec),
                    "containers": [
                        {
                            "name": "prometheus",
                            "image": spec.prometheus_image,
                            "args": [
                                f"--config.file={RULES.rpartition('/')[0]}/prometheus.yml",
                                f"--storage.tsdb.path={_DATA}",
                                f"--storage.tsdb.retention.time={spec.storage.time}",
                                f"--storage.tsdb.retention.size={spec.storage.blocks}MB",
                            ],
                            "ports": [{"name": "http", "containerPort": PROMETHEUS_PORT, "protocol": "TCP"}],
                            **probes("http", "/-/ready", "/-/healthy"),
                            "resources": resources("100m", "1Gi", "1"),
                            "securityContext": RESTRICTED,
                            "volumeMounts": mounts,
                        }
                    ],
                    "volumes": [{"name": name, **source} for name, source in volumes.items()],
                },
            },
        },
    )
    found["metadata"]["labels"] = labels
    return found

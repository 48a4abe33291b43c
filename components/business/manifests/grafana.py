"""Grafana: one pod that keeps nothing. Its source of data and its dashboards are files."""

from __future__ import annotations

from components.business.boards import DATASOURCE, board_json
from components.business.manifests.parts import (
    GRAFANA,
    GRAFANA_PORT,
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
from components.business.spec import BusinessSpec
from components.manifests import RESTRICTED, Manifest, checksum, json_text, manifest, named
from infra.secrets import Generated

_USER = 472
"""The image's own user."""
_PROVISIONING, _BOARDS, _SECRETS = "/etc/grafana/provisioning", "/var/lib/grafana-dashboards", "/etc/grafana-secrets"
# https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/: GF_SECTION_KEY; __FILE reads from a file.
_SETTINGS = {
    "GF_SECURITY_ADMIN_PASSWORD__FILE": f"{_SECRETS}/admin-password",
    # Encrypts what its database holds; the default is the same everywhere.
    "GF_SECURITY_SECRET_KEY__FILE": f"{_SECRETS}/secret-key",
    "GF_SECURITY_DISABLE_GRAVATAR": "true",
    "GF_AUTH_ANONYMOUS_ENABLED": "false",
    "GF_USERS_ALLOW_SIGN_UP": "false",
    "GF_ANALYTICS_REPORTING_ENABLED": "false",
    "GF_ANALYTICS_CHECK_FOR_UPDATES": "false",
    "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES": "false",
    "GF_NEWS_NEWS_FEED_ENABLED": "false",
    "GF_SNAPSHOTS_EXTERNAL_ENABLED": "false",
    "GF_PLUGINS_PREINSTALL_DISABLED": "true",
    "GF_PLUGINS_PLUGIN_ADMIN_ENABLED": "false",
    # Prometheus evaluates the alerts.
    "GF_UNIFIED_ALERTING_ENABLED": "false",
    "GF_PATHS_PROVISIONING": _PROVISIONING,
    "GF_LOG_MODE": "console",
}


def grafana(spec: BusinessSpec) -> dict[str, Manifest]:
    """Its objects by logical name, in the order in which they depend on one another."""
    provisioning = {"datasources.yaml": json_text(_datasources()), "dashboards.yaml": json_text(_providers())}
    boards = {f"{board.key}.json": json_text(board_json(board)) for board in spec.boards}
    return {
        f"{GRAFANA}-secrets": manifest(
            "v1",
            "Secret",
            GRAFANA,
            spec.namespace,
            type="Opaque",
            stringData={"admin-password": Generated(32), "secret-key": Generated(32)},
        ),
        f"{GRAFANA}-provisioning": manifest(
            "v1", "ConfigMap", f"{GRAFANA}-provisioning", spec.namespace, data=provisioning
        ),
        f"{GRAFANA}-dashboards": manifest("v1", "ConfigMap", f"{GRAFANA}-dashboards", spec.namespace, data=boards),
        f"{GRAFANA}-network": network_policy(
            spec,
            GRAFANA,
            # Nobody in the cluster: `kubectl port-forward` comes from the node, which policies let through.
            ingress=[],
            egress=[tcp(PROMETHEUS_PORT, to=[{"podSelector": {"matchLabels": named(PROMETHEUS)}}])],
        ),
        f"{GRAFANA}-service": service(spec, GRAFANA, GRAFANA_PORT),
        GRAFANA: _deployment(spec, checksum(provisioning, boards)),
    }


def _datasources() -> Manifest:
    source = {
        "name": "Prometheus",
        "type": "prometheus",
        "uid": DATASOURCE,
        "access": "proxy",
        "url": f"http://{PROMETHEUS}:{PROMETHEUS_PORT}",
        "isDefault": True,
        "editable": False,
        "jsonData": {"httpMethod": "POST", "timeInterval": "1m", "manageAlerts": False},
    }
    return {"apiVersion": 1, "datasources": [source]}


def _providers() -> Manifest:
    provider = {
        "name": "genonaut",
        "folder": "Genonaut",
        "folderUid": "genonaut",
        "type": "file",
        "disableDeletion": True,
        "allowUiUpdates": False,
        "options": {"path": _BOARDS},
    }
    return {"apiVersion": 1, "providers": [provider]}


def _deployment(spec: BusinessSpec, annotations: dict[str, str]) -> Manifest:
    labels = pod_labels(spec, GRAFANA, spec.grafana_image)
    provisioning = f"{GRAFANA}-provisioning"
    kinds = ("datasources", "dashboards")
    volumes: dict[str, Manifest] = {
        "state": {"emptyDir": {"sizeLimit": "1Gi"}},
        "tmp": {"emptyDir": {"sizeLimit": "256Mi"}},
        **{
            kind: {"configMap": {"name": provisioning, "items": [{"key": f"{kind}.yaml", "path": f"{kind}.yaml"}]}}
            for kind in kinds
        },
        "boards": {"configMap": {"name": f"{GRAFANA}-dashboards"}},
        "secrets": {"secret": {"secretName": GRAFANA, "defaultMode": 0o440}},
    }
    places = {
        "state": "/var/lib/grafana",
        "tmp": "/tmp",  # noqa: S108 (the container's own)
        **{kind: f"{_PROVISIONING}/{kind}" for kind in kinds},
        "boards": _BOARDS,
        "secrets": _SECRETS,
    }
    container: Manifest = {
        "name": "grafana",
        "image": spec.grafana_image,
        "env": [{"name": name, "value": value} for name, value in _SETTINGS.items()],
        "ports": [{"name": "http", "containerPort": GRAFANA_PORT, "protocol": "TCP"}],
        **probes("http", "/api/health", "/api/health"),
        "resources": resources("50m", "512Mi", "500m"),
        "securityContext": RESTRICTED,
        "volumeMounts": [
            {"name": name, "mountPath": path, **({} if name in {"state", "tmp"} else {"readOnly": True})}
            for name, path in places.items()
        ],
    }
    found = manifest(
        "apps/v1",
        "Deployment",
        GRAFANA,
        spec.namespace,
        spec={
            "replicas": 1,
            "revisionHistoryLimit": 3,
            "selector": {"matchLabels": named(GRAFANA)},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "template": {
                "metadata": {"labels": labels, "annotations": annotations},
                "spec": {
                    "automountServiceAccountToken": False,
                    "enableServiceLinks": False,
                    "nodeSelector": {"kubernetes.io/os": "linux"},
                    "securityContext": pod_security(_USER),
                    **pull_secrets(spec),
                    "containers": [container],
                    "volumes": [{"name": name, **source} for name, source in volumes.items()],
                },
            },
        },
    )
    found["metadata"]["labels"] = labels
    return found

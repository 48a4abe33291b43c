"""Prometheus' own configuration: what it reads, and where alerts and copies go
(https://prometheus.io/docs/prometheus/latest/configuration/configuration/)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from components.business.spec import BusinessSpec, RemoteWrite
from contract.prometheus import SeriesType, series
from contract.promql.names import HISTOGRAM_PARTS
from contract.telemetry import METRICS, Source
from infra.naming import UNIFIED_LABELS

INTERVAL = "1m"
"""Of reading and of evaluating. The numbers are about days; four times the samples would say the same."""
PORT_NAME = "metrics"
"""What the port of a container is called that Prometheus reads."""
SECRETS = "/etc/prometheus-secrets"
RULES = "/etc/prometheus/rules.yml"
_MOST_SAMPLES = 20_000
"""Per pod: ten times what all metrics of the contract with all their values are; beyond, a label has run wild."""


def configuration(spec: BusinessSpec, *, rules: str = RULES, secrets: str = SECRETS) -> dict[str, Any]:
    """The content of prometheus.yml; `rules` and `secrets` are where it finds the others."""
    return {
        "global": {
            "scrape_interval": INTERVAL,
            "evaluation_interval": INTERVAL,
            "external_labels": {"cluster": spec.cluster},
        },
        "rule_files": [rules],
        "scrape_configs": [_pods(spec), _itself(spec)],
        **({"alerting": _alerting(spec.alertmanager)} if spec.alertmanager else {}),
        **({"remote_write": [_remote(spec.remote_write, secrets)]} if spec.remote_write else {}),
    }


def names_read() -> list[str]:
    """The names of all series that our own code exposes."""
    found: list[str] = []
    for metric in METRICS.values():
        if metric.source is Source.APPLICATION:
            one = series(metric)
            parts = HISTOGRAM_PARTS if one.type is SeriesType.HISTOGRAM else ("",)
            found += [f"{one.name}{part}" for part in parts]
    return sorted(found)


def _pods(spec: BusinessSpec) -> dict[str, Any]:
    services = ",".join(sorted(spec.services))
    selector = f"{UNIFIED_LABELS['service']} in ({services}),{UNIFIED_LABELS['env']}={spec.environment}"
    return {
        "job_name": "genonaut",
        "sample_limit": _MOST_SAMPLES,
        "kubernetes_sd_configs": [
            {
                "role": "pod",
                "namespaces": {"names": [spec.watched_namespace]},
                "selectors": [{"role": "pod", "label": selector}],
            }
        ],
        "relabel_configs": [
            _keep("__meta_kubernetes_pod_container_port_name", PORT_NAME),
            # A pod that has ended still has an address.
            {**_keep("__meta_kubernetes_pod_phase", "Succeeded|Failed"), "action": "drop"},
            *(_copy(f"__meta_kubernetes_pod_label_{_label(label)}", tag) for tag, label in UNIFIED_LABELS.items()),
            _copy("__meta_kubernetes_namespace", "namespace"),
            _copy("__meta_kubernetes_pod_name", "pod"),
        ],
        # What the libraries of the application expose besides is not ours to keep.
        "metric_relabel_configs": [_keep("__name__", "|".join(names_read()))],
    }


def _itself(spec: BusinessSpec) -> dict[str, Any]:
    return {
        "job_name": "prometheus",
        "static_configs": [{"targets": ["localhost:9090"], "labels": {"env": spec.environment.value}}],
        "metric_relabel_configs": [_keep("__name__", "prometheus_.+")],
    }


def _keep(source: str, regex: str) -> dict[str, Any]:
    return {"source_labels": [source], "regex": regex, "action": "keep"}


def _copy(source: str, target: str) -> dict[str, Any]:
    return {"source_labels": [source], "target_label": target}


def _label(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_]", "_", name)


def _alerting(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "alertmanagers": [
            {
                "scheme": parts.scheme,
                **({"path_prefix": parts.path.rstrip("/")} if parts.path.rstrip("/") else {}),
                "static_configs": [{"targets": [f"{parts.hostname}:{port_of(url)}"]}],
            }
        ]
    }


def port_of(url: str) -> int:
    """The port of a URL, or that of its scheme."""
    parts = urlsplit(url)
    return parts.port or {"http": 80, "https": 443}[parts.scheme]


def _remote(remote: RemoteWrite, secrets: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": "long-term", "url": remote.url}
    if remote.username:
        found["basic_auth"] = {"username": remote.username, "password_file": f"{secrets}/password"}
    elif remote.secret:
        found["authorization"] = {"credentials_file": f"{secrets}/token"}
    return found

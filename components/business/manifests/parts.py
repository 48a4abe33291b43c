"""The parts that both programs' manifests are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from components.business.spec import BusinessSpec
from components.manifests import NOT_ADMITTED, PART_OF, Manifest, manifest, named, restricted_pod, unified, version_of

PROMETHEUS, GRAFANA = "business-prometheus", "business-grafana"
PROMETHEUS_PORT, GRAFANA_PORT = 9090, 3000


def pod_labels(spec: BusinessSpec, program: str, image: str) -> dict[str, str]:
    """All labels of a program's pods. Datadog's admission webhook leaves them alone."""
    labels = unified(spec.environment.value, program, version_of(image))
    return {**named(program), **PART_OF, **NOT_ADMITTED, **labels}


def pod_security(user: int) -> Manifest:
    """The security context of a pod of the "restricted" Pod Security Standard; its volumes are its user's."""
    return {**restricted_pod(user), "fsGroup": user, "fsGroupChangePolicy": "OnRootMismatch"}


def probes(port: str, ready: str, alive: str) -> dict[str, Manifest]:
    """Probes of a program that answers over HTTP. It may take ten minutes to start: Prometheus reads its log first."""

    def probe(path: str, failures: int) -> Manifest:
        get = {"path": path, "port": port}
        return {"httpGet": get, "periodSeconds": 10, "timeoutSeconds": 5, "failureThreshold": failures}

    return {"startupProbe": probe(ready, 60), "readinessProbe": probe(ready, 3), "livenessProbe": probe(alive, 6)}


def resources(cpu: str, memory: str, cpu_limit: str) -> Manifest:
    """What a container asks for, and may have: of memory no more than it asked for."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": cpu_limit, "memory": memory}}


def pull_secrets(spec: BusinessSpec) -> Manifest:
    """The registry's credentials, where it needs some."""
    return {"imagePullSecrets": [{"name": name} for name in spec.pull_secrets]} if spec.pull_secrets else {}


def network_policy(
    spec: BusinessSpec, program: str, ingress: Iterable[Manifest], egress: Iterable[Manifest]
) -> Manifest:
    """Whom a program's pods talk to, besides DNS, and who may talk to them."""
    dns = {"ports": [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]}
    return manifest(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        program,
        spec.namespace,
        spec={
            "podSelector": {"matchLabels": named(program)},
            "policyTypes": ["Ingress", "Egress"],
            # An empty list is nothing to the API server, and a difference at the next run. No rule lets nobody in.
            **({"ingress": rules} if (rules := list(ingress)) else {}),
            "egress": [dns, *egress],
        },
    )


def tcp(*ports: int | str, **sides: Any) -> Manifest:
    """One rule of a network policy."""
    return {**sides, "ports": [{"protocol": "TCP", "port": port} for port in ports]}


def service(spec: BusinessSpec, program: str, port: int, **more: Any) -> Manifest:
    """A program's address in the cluster."""
    found = manifest(
        "v1",
        "Service",
        program,
        spec.namespace,
        spec={
            "type": "ClusterIP",
            "selector": named(program),
            "ports": [{"name": "http", "port": port, "protocol": "TCP", "targetPort": "http"}],
            **more,
        },
    )
    # It comes before its pods; Pulumi would wait for these.
    found["metadata"]["annotations"] = {"pulumi.com/skipAwait": "true"}
    return found

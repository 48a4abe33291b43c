"""From the business metrics to Kubernetes manifests."""

from __future__ import annotations

from typing import Any

from components.business.manifests.grafana import grafana
from components.business.manifests.prometheus import prometheus
from components.business.spec import BusinessSpec
from components.manifests import manifest

# https://kubernetes.io/docs/concepts/security/pod-security-standards/
_RESTRICTED = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}


def compile_business(spec: BusinessSpec) -> dict[str, dict[str, Any]]:
    """Manifests by logical name, in the order in which they depend on one another."""
    namespace = manifest("v1", "Namespace", spec.namespace, None)
    namespace["metadata"]["labels"] |= _RESTRICTED
    return {"business-namespace": namespace, **prometheus(spec), **grafana(spec)}

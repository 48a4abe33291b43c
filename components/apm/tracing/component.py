"""What tracers are told, as Kubernetes objects."""

from __future__ import annotations

import pulumi

from components.apm.tracing.compile import compile_tracing
from components.apm.tracing.spec import TracingSpec
from infra import kubernetes


class Tracing(pulumi.ComponentResource):
    """One ConfigMap for each service, which its pods read with `envFrom`."""

    def __init__(self, name: str, spec: TracingSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:apm:Tracing", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for logical_name, manifest in compile_tracing(spec).items():
            kubernetes.declare(logical_name, manifest, child)
        self.register_outputs({})

"""The business metrics as resources."""

from __future__ import annotations

import pulumi

from components.business.compile import compile_business
from components.business.spec import BusinessSpec
from infra import kubernetes

WORKLOADS = frozenset({"StatefulSet", "Deployment"})


class BusinessMetrics(pulumi.ComponentResource):
    """Prometheus and Grafana in a namespace of their own. Pods come when all they need is there."""

    def __init__(self, name: str, spec: BusinessSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:business:BusinessMetrics", name, None, opts)
        (first, namespace), *rest = compile_business(spec).items()
        declared: list[pulumi.Resource] = [kubernetes.declare(first, namespace, pulumi.ResourceOptions(parent=self))]
        for logical_name, manifest in sorted(rest, key=lambda item: item[1]["kind"] in WORKLOADS):
            before = declared if manifest["kind"] in WORKLOADS else declared[:1]
            child = pulumi.ResourceOptions(parent=self, depends_on=before)
            declared = [*declared, kubernetes.declare(logical_name, manifest, child)]
        self.register_outputs({})

"""The dashboards as resources."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pulumi
import pulumi_datadog as datadog

from components.dashboards.compile import compile_dashboard
from components.dashboards.spec import DashboardSpec
from infra.naming import Mark


class Dashboards(pulumi.ComponentResource):
    """All dashboards of a stack."""

    urls: pulumi.Output[dict[str, str]]
    """Paths on the Datadog site by logical name."""

    def __init__(
        self,
        name: str,
        spec: Sequence[DashboardSpec],
        slo_ids: pulumi.Input[dict[str, str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:dashboards:Dashboards", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        mark = Mark(pulumi.get_stack())

        def body(dashboard: DashboardSpec) -> pulumi.Output[str]:
            return pulumi.Output.from_input(slo_ids).apply(
                lambda ids: json.dumps(
                    compile_dashboard(dashboard, mark.sentence(dashboard.key), ids), indent=1, sort_keys=True
                )
            )

        made = {item.key: datadog.DashboardJson(item.key, opts=child, dashboard=body(item)) for item in spec}
        self.urls = pulumi.Output.all(**{key: dashboard.url for key, dashboard in made.items()})
        self.register_outputs({"urls": self.urls})

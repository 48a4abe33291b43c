"""The dashboards as resources."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pulumi
import pulumi_datadog as datadog

from components.dashboards.compile import alerts_of, compile_dashboard
from components.dashboards.definitions import Ids
from components.dashboards.spec import DashboardSpec, DashboardsSpec
from infra.naming import Mark


class Dashboards(pulumi.ComponentResource):
    """All dashboards of a stack.

    `slo_ids` and `alert_ids` hold Datadog's ids by logical name.
    """

    urls: Mapping[str, pulumi.Output[str]]
    """Paths on the Datadog site by logical name."""

    def __init__(
        self,
        name: str,
        spec: DashboardsSpec,
        slo_ids: pulumi.Input[dict[str, str]],
        alert_ids: Mapping[str, pulumi.Input[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:dashboards:Dashboards", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        mark = Mark(pulumi.get_stack())

        def body(board: DashboardSpec) -> pulumi.Output[str]:
            # Only the alerts it shows: it then waits for no other.
            alerts = {key: alert_ids[key] for key in sorted(alerts_of(board))}
            return pulumi.Output.all(slos=slo_ids, alerts=alerts).apply(
                lambda ids: json.dumps(
                    compile_dashboard(board, spec, mark.sentence(board.key), Ids(**ids)), indent=1, sort_keys=True
                )
            )

        made = {
            board.key: datadog.DashboardJson(board.key, opts=child, dashboard=body(board)) for board in spec.dashboards
        }
        self.urls = {key: dashboard.url for key, dashboard in made.items()}
        self.register_outputs({"urls": self.urls})

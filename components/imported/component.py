"""Imported monitors and dashboards as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.imported.compile import compile_dashboard, compile_monitor
from components.imported.spec import ImportedMonitor, ImportedSpec


class Imported(pulumi.ComponentResource):
    """What people made on Datadog's pages, as they made it."""

    def __init__(self, name: str, spec: ImportedSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:imported:Imported", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for one in spec.entries:
            if isinstance(one, ImportedMonitor):
                datadog.Monitor(one.key, opts=child, **compile_monitor(one))
            else:
                datadog.DashboardJson(one.key, opts=child, **compile_dashboard(one))
        self.register_outputs({})

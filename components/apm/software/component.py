"""The catalog of services as resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pulumi
import pulumi_datadog as datadog

from components.apm.software.compile import compile_entry, entry_key
from components.apm.software.spec import EntrySpec, SoftwareSpec


class ServiceCatalog(pulumi.ComponentResource):
    """One entry for each service and each database."""

    def __init__(
        self,
        name: str,
        spec: SoftwareSpec,
        dashboards: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:apm:ServiceCatalog", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)

        def entity(entry: EntrySpec) -> pulumi.Output[str]:
            linked = pulumi.Output.all(**{key: dashboards[key] for key in entry.dashboards})
            return linked.apply(partial(compile_entry, entry, spec))

        for entry in spec.entries:
            datadog.SoftwareCatalog(entry_key(entry), opts=child, entity=entity(entry))
        self.register_outputs({})

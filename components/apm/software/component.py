"""The catalog of services as resources."""

from __future__ import annotations

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
        dashboards: pulumi.Input[dict[str, str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:apm:ServiceCatalog", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        urls = pulumi.Output.from_input(dashboards)

        def entity(entry: EntrySpec) -> pulumi.Output[str]:
            return urls.apply(partial(compile_entry, entry, spec))

        for entry in spec.entries:
            datadog.SoftwareCatalog(entry_key(entry), opts=child, entity=entity(entry))
        self.register_outputs({})

"""The objectives as resources."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_datadog as datadog

from components.slos.compile import compile_slo
from components.slos.spec import SloSpec


class Objectives(pulumi.ComponentResource):
    """All objectives of a stack."""

    slo_ids: pulumi.Output[dict[str, str]]
    """Datadog's ids by logical name."""

    def __init__(self, name: str, spec: Sequence[SloSpec], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:slos:Objectives", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        slos = {slo.key: datadog.ServiceLevelObjective(slo.key, opts=child, **compile_slo(slo)) for slo in spec}
        self.slo_ids = pulumi.Output.all(**{key: slo.id for key, slo in slos.items()})
        self.register_outputs({"sloIds": self.slo_ids})

"""The objectives and their alerts as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.slos.alerts import MonitorPlan, plans
from components.slos.compile import compile_slo
from components.slos.spec import ObjectivesSpec


class Objectives(pulumi.ComponentResource):
    """All objectives of a stack, each with the monitors that watch its error budget."""

    slo_ids: pulumi.Output[dict[str, str]]
    """Datadog's ids by logical name."""

    def __init__(self, name: str, spec: ObjectivesSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:slos:Objectives", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        ids: dict[str, pulumi.Output[str]] = {}
        for slo in spec.slos:
            ids[slo.key] = datadog.ServiceLevelObjective(slo.key, opts=child, **compile_slo(slo)).id
            for plan in plans(slo, spec):
                query = _query(plan, ids)
                ids[plan.key] = datadog.Monitor(plan.key, opts=child, query=query, **plan.arguments).id
        self.slo_ids = pulumi.Output.all(**{slo.key: ids[slo.key] for slo in spec.slos})
        self.register_outputs({"sloIds": self.slo_ids})


def _query(plan: MonitorPlan, ids: dict[str, pulumi.Output[str]]) -> pulumi.Output[str]:
    return pulumi.Output.all(**{name: ids[name] for name in plan.refers_to}).apply(plan.query)

"""The alerts of one tier as resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pulumi
import pulumi_datadog as datadog

from components.monitors.compile import compile_composite, compile_monitor, composite_query, measured_name
from components.monitors.spec import MonitorSpec, TierSpec


class MonitorTier(pulumi.ComponentResource):
    """All alerts of one tier.

    `measured_ids` are those of the tiers that were declared before, for the composites of this one.
    """

    measured_ids: Mapping[str, pulumi.Output[str]]
    """By the keys of alerts, Datadog's ids of the monitors that evaluate their conditions."""
    monitor_ids: Mapping[str, pulumi.Output[str]]
    """By the keys of alerts, Datadog's ids of the monitors that people hear of."""

    def __init__(
        self,
        name: str,
        spec: TierSpec,
        measured_ids: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:monitors:MonitorTier", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        own = {
            monitor.key: datadog.Monitor(measured_name(monitor), opts=child, **compile_monitor(monitor, spec)).id
            for monitor in spec.monitors
        }
        self.measured_ids = {**measured_ids, **own}
        composites = {
            monitor.key: datadog.Monitor(
                monitor.key, opts=child, query=self._query(monitor), **compile_composite(monitor, spec)
            ).id
            for monitor in spec.monitors
            if monitor.unless
        }
        self.monitor_ids = {**own, **composites}
        self.register_outputs({"monitorIds": self.monitor_ids})

    def _query(self, monitor: MonitorSpec) -> pulumi.Output[str]:
        ids = {key: self.measured_ids[key] for key in (monitor.key, *monitor.unless)}
        return pulumi.Output.all(**ids).apply(partial(composite_query, monitor))

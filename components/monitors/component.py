"""The alerts of one tier as resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pulumi
import pulumi_datadog as datadog

from components.monitors.compile import (
    AFTERMATH_SUFFIX,
    compile_aftermath,
    compile_composite,
    compile_monitor,
    composite_query,
    measured_name,
)
from components.monitors.spec import MonitorSpec, TierSpec


class MonitorTier(pulumi.ComponentResource):
    """All alerts of one tier.

    `cause_ids` are those of the tiers that were declared before, for the composites of this one.
    """

    cause_ids: Mapping[str, pulumi.Output[str]]
    """By the keys of alerts that are causes, Datadog's ids of the monitors that composites look at for them."""
    monitor_ids: Mapping[str, pulumi.Output[str]]
    """By the keys of alerts, Datadog's ids of the monitors that people hear of."""

    def __init__(
        self,
        name: str,
        spec: TierSpec,
        cause_ids: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:monitors:MonitorTier", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        measured = {
            monitor.key: datadog.Monitor(measured_name(monitor), opts=child, **compile_monitor(monitor, spec)).id
            for monitor in spec.monitors
        }
        aftermaths = {
            monitor.key: datadog.Monitor(f"{monitor.key}{AFTERMATH_SUFFIX}", opts=child, **arguments).id
            for monitor in spec.monitors
            if (arguments := compile_aftermath(monitor, spec))
        }
        self.cause_ids = {**cause_ids, **aftermaths}
        composites = {
            monitor.key: datadog.Monitor(
                monitor.key,
                opts=child,
                query=self._query(monitor, measured[monitor.key]),
                **compile_composite(monitor, spec),
            ).id
            for monitor in spec.monitors
            if monitor.unless
        }
        self.monitor_ids = {**measured, **composites}
        self.register_outputs({"monitorIds": self.monitor_ids})

    def _query(self, monitor: MonitorSpec, symptom: pulumi.Output[str]) -> pulumi.Output[str]:
        ids = {monitor.key: symptom, **{key: self.cause_ids[key] for key in monitor.unless}}
        return pulumi.Output.all(**ids).apply(partial(composite_query, monitor))

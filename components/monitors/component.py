"""The alerts of one tier as resources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pulumi
import pulumi_datadog as datadog

from components.monitors.compile import compile_composite, compile_monitor, composite_query, measured_key, members
from components.monitors.spec import TierSpec


class MonitorTier(pulumi.ComponentResource):
    """All alerts of one tier.

    `causes` holds the ids of alerts of more urgent tiers, by logical name, for the composites of this one.
    """

    monitor_ids: Mapping[str, pulumi.Output[str]]
    """Datadog's ids by logical name; of an alert with causes, the composite's."""

    def __init__(
        self,
        name: str,
        spec: TierSpec,
        causes: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("monitoring:monitors:MonitorTier", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        own = {
            measured_key(monitor): datadog.Monitor(
                measured_key(monitor), opts=child, **compile_monitor(monitor, spec)
            ).id
            for monitor in spec.monitors
        }
        composites = {
            monitor.key: datadog.Monitor(
                monitor.key,
                opts=child,
                query=pulumi.Output.all(**members(monitor, {**causes, **own})).apply(partial(composite_query, monitor)),
                **compile_composite(monitor, spec),
            ).id
            for monitor in spec.monitors
            if monitor.unless
        }
        self.monitor_ids = {monitor.key: {**own, **composites}[monitor.key] for monitor in spec.monitors}
        self.register_outputs({"monitorIds": self.monitor_ids})

"""Certificates: seen from inside of the cluster, by the TLS check."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, MetricCondition
from components.monitors.spec import MonitorSpec
from contract.telemetry import Source
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import GENONAUT, Watched
from stacks.catalog.thresholds import below


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on certificates that end."""
    if Source.TLS in watched.silent:
        return
    limits = watched.limits
    yield MonitorSpec(
        key="certificate-expiry",
        title="[Certificates] A certificate ends soon",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="certificate-expiry",
        condition=MetricCondition(
            # max: a value that was read wrongly once does not count.
            expression=f"max(last_1h):min:tls.days_left{{{watched.everything}}} by {{server_hostname}}",
            comparator=Comparator.BELOW,
            thresholds=below(limits.certificate_days, limits.certificate_days_warning),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="The certificate of {{server_hostname.name}} was not renewed; when it ends, browsers refuse the site.",
        unit="days left",
        silence="The TLS check does not run: see the cluster checks, and look at the certificate by hand.",
    )

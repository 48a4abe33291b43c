"""Nodes and volumes: memory, disks, and whether Kubernetes may use them."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import CheckCondition, Comparator, MetricCondition
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog import queries
from stacks.catalog.alerts.watched import GENONAUT, LATE, Watched
from stacks.catalog.thresholds import above

_GONE = "The node is gone, or its agent is silent: that has an alert of its own."
_BY_DISK = "by {host,device}"
_BY_CLAIM = "by {kube_namespace,persistentvolumeclaim}"


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on the cluster's nodes and volumes."""
    yield _memory(watched)
    yield _not_ready(watched)
    yield _disk(watched)
    yield _forecast(watched)
    yield _inodes(watched)
    yield _volume(watched)


def _memory(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="node-memory",
        title="[Nodes] Memory is running out",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="node-memory",
        condition=MetricCondition(
            expression=f"min(last_5m):(1 - avg:system.mem.pct_usable{{{watched.everything}}} by {{host}}) * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.memory),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="For 5 minutes, {{host.name}} has been short of memory; soon pods are evicted or killed.",
        unit="% of its memory",
        on_missing_data=MissingData.RESOLVE,
        silence=_GONE,
        new_group_delay=300,
    )


def _not_ready(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="node-not-ready",
        title="[Nodes] A node is not ready",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="node-not-ready",
        # A minute and a half: a node that joins is not ready at first.
        condition=CheckCondition(
            check="kubernetes_state.node.ready",
            over=(f"kube_cluster_name:{watched.cluster}",),
            by=("node",),
            failures=6,
            successes=3,
        ),
        meaning="Kubernetes cannot use the node {{node.name}}: its pods are moved elsewhere, if there is room.",
        unit="",
        on_missing_data=MissingData.DEFAULT,
        silence="The node is gone, or the cluster agent is: that has an alert of its own.",
    )


def _disk(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="disk-usage",
        title="[Nodes] A disk is filling up",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="disk-usage",
        condition=MetricCondition(
            expression=f"min(last_15m):max:system.disk.in_use{{{watched.everything}}} {_BY_DISK} * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.disk),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="The disk {{device.name}} of {{host.name}} is filling up.",
        unit="%",
        on_missing_data=MissingData.RESOLVE,
        silence=_GONE,
    )


def _forecast(watched: Watched) -> MonitorSpec:
    in_use = f"max:system.disk.in_use{{{watched.everything}}} {_BY_DISK} * 100"
    return MonitorSpec(
        key="disk-forecast",
        title="[Nodes] A disk will be full within a week",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="disk-forecast",
        condition=MetricCondition(
            expression=queries.forecast(in_use, ahead="next_1w", history="1w"),
            comparator=Comparator.AT_LEAST,
            thresholds=above(watched.limits.disk_full),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="If it grows as last week, the disk {{device.name}} of {{host.name}} is full within the next one.",
        unit="%",
        on_missing_data=MissingData.RESOLVE,
        silence=_GONE,
    )


def _inodes(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="inodes",
        title="[Nodes] A disk is running out of files",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="inodes",
        condition=MetricCondition(
            expression=f"min(last_15m):max:system.fs.inodes.in_use{{{watched.everything}}} {_BY_DISK} * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.inodes),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="The disk {{device.name}} of {{host.name}} holds nearly as many files as it can, whatever their size.",
        unit="%",
        on_missing_data=MissingData.RESOLVE,
        silence=_GONE,
    )


def _volume(watched: Watched) -> MonitorSpec:
    used, size = (
        f"max:kubernetes.kubelet.volume.stats.{name}{{{watched.everything}}} {_BY_CLAIM}"
        for name in ("used_bytes", "capacity_bytes")
    )
    return MonitorSpec(
        key="volume-usage",
        title="[Kubernetes] A volume is filling up",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="volume-usage",
        condition=MetricCondition(
            expression=f"min(last_15m):{used} / {size} * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.disk),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="The volume {{persistentvolumeclaim.name}} in {{kube_namespace.name}} is filling up; "
        "a database stops when its volume is full.",
        unit="%",
        on_missing_data=MissingData.RESOLVE,
        silence="The volume is not mounted any more.",
    )

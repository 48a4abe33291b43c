"""Pods: have they room, do they stay up, are there enough?"""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import Comparator, MetricCondition, Thresholds
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import GENONAUT, LATE, Watched
from stacks.catalog.thresholds import above


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on workloads that carry the labels of unified service tagging."""
    yield _memory(watched)
    yield _replicas(watched)
    yield _restarts(watched)
    yield _crash_loops(watched)


def _memory(watched: Watched) -> MonitorSpec:
    used, most = (
        f"max:kubernetes.memory.{name}{{{watched.everything}}} by {{service,pod_name}}"
        for name in ("working_set", "limits")
    )
    return MonitorSpec(
        key="container-memory",
        title="[Kubernetes] A pod is running out of memory",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="container-memory",
        condition=MetricCondition(
            # The working set is what the kernel kills for; usage also counts caches it would give back.
            expression=f"min(last_5m):{used} / {most} * 100",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.memory),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="For 5 minutes, {{pod_name.name}} of {{service.name}} has been close to its limit; there it is killed.",
        unit="% of its memory",
        # The pod is gone; a new one is another group.
        on_missing_data=MissingData.RESOLVE,
        silence="The pod is gone: whether it was killed, the alert on restarts tells.",
        # A starting process may load more than it keeps.
        new_group_delay=300,
    )


def _replicas(watched: Watched) -> MonitorSpec:
    limits = watched.limits
    desired, ready = (
        f"max:kubernetes_state.deployment.replicas_{name}{{{watched.everything}}} by {{service,kube_deployment}}"
        for name in ("desired", "ready")
    )
    return MonitorSpec(
        key="replicas-unavailable",
        title="[Kubernetes] Pods are missing",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="replicas-unavailable",
        condition=MetricCondition(
            # min: missing for all of 10 minutes, longer than a rolling update takes for one pod. Scaled to zero, the
            # quotient is dropped.
            expression=f"min(last_10m):({desired} - {ready}) / {desired} * 100",
            comparator=Comparator.AT_LEAST,
            thresholds=above(limits.unavailable, limits.unavailable_warning),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="For 10 minutes, {{kube_deployment.name}} of {{service.name}} has had fewer pods than it should.",
        unit="% of its pods",
        on_missing_data=MissingData.RESOLVE,
        silence="The deployment is gone, or the cluster agent is: that has an alert of its own.",
        rollout=True,
    )


def _restarts(watched: Watched) -> MonitorSpec:
    restarts = f"sum:kubernetes_state.container.restarts{{{watched.everything}}} by {{service,kube_deployment}}"
    return MonitorSpec(
        key="pod-restarts",
        title="[Kubernetes] Containers restart",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="pod-restarts",
        condition=MetricCondition(
            # The counter starts at zero with each pod: replaced pods make the sum fall, never rise.
            expression=f"change(max(last_15m),last_15m):{restarts}",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.restarts),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="Containers of {{kube_deployment.name}} of {{service.name}} die and are started again.",
        unit="restarts in 15 minutes",
        on_missing_data=MissingData.RESOLVE,
        silence="The deployment is gone, or the cluster agent is: that has an alert of its own.",
        rollout=True,
    )


def _crash_loops(watched: Watched) -> MonitorSpec:
    waiting = f"{watched.everything} AND reason IN (crashloopbackoff, imagepullbackoff, createcontainerconfigerror)"
    count = f"sum:kubernetes_state.container.status_report.count.waiting{{{waiting}}} by {{service,kube_deployment}}"
    return MonitorSpec(
        key="crash-loops",
        title="[Kubernetes] Containers do not start",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=GENONAUT,
        runbook="crash-loops",
        condition=MetricCondition(
            expression=f"max(last_10m):{count}",
            comparator=Comparator.AT_LEAST,
            thresholds=Thresholds(critical=1, critical_recovery=0),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="{{kube_deployment.name}} of {{service.name}} has containers that do not start: "
        "they crash, or their image or configuration is missing.",
        unit="containers",
        # Reasons are only sent while they hold.
        on_missing_data=MissingData.RESOLVE,
        silence="No container waits for such a reason: it is over.",
    )

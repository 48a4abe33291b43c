"""The agents themselves: an alert that nobody measures is worth nothing."""

from __future__ import annotations

from collections.abc import Iterator

from components.monitors.condition import CheckCondition, Comparator, MetricCondition, Thresholds
from components.monitors.spec import MissingData, MonitorSpec
from infra.naming import Team, Tier
from stacks.catalog.alerts.watched import LATE, Watched
from stacks.catalog.thresholds import above

_SERVICE = "datadog-agent"
"""The value of the `service` tag, and the name of the DaemonSet."""
_HEARTBEAT = "The agent is silent: that has an alert of its own."


def alerts(watched: Watched) -> Iterator[MonitorSpec]:
    """The alerts on what the other alerts see with."""
    yield _silent(watched)
    yield _unavailable(watched)
    yield _check_errors(watched)
    yield _dropped_spans(watched)
    yield _sending_fails(watched)
    yield _queue_grows(watched)
    yield _out_of_memory(watched)
    yield _cluster_agent(watched)
    yield _dangling_checks(watched)


def _silent(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="agents-silent",
        title="[Agents] No agent reports",
        tier=Tier.CRITICAL,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agents-silent",
        # All hosts together: nodes come and go with the autoscaler, but never all of them.
        condition=CheckCondition(
            check="datadog.agent.up", over=(watched.everything,), by=("*",), failures=4, successes=2, silent_minutes=5
        ),
        meaning="No agent of this environment reports: nobody sees anything, and no other alert can fire.",
        unit="",
        on_missing_data=MissingData.NOTIFY,
        silence="This is the alert: see whether the cluster is up, then its way to Datadog, then the API key.",
    )


def _unavailable(watched: Watched) -> MonitorSpec:
    scope = f"kube_cluster_name:{watched.cluster},kube_daemon_set:{_SERVICE}"
    desired, ready = (f"sum:kubernetes_state.daemonset.{name}{{{scope}}}" for name in ("desired", "ready"))
    return MonitorSpec(
        key="agents-unavailable",
        title="[Agents] Nodes without an agent",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agents-unavailable",
        condition=MetricCondition(
            expression=f"min(last_15m):{desired} - {ready}",
            comparator=Comparator.AT_LEAST,
            thresholds=Thresholds(critical=1, critical_recovery=0),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="For a quarter of an hour, nodes have had no agent that is ready: nobody sees what runs there.",
        unit="nodes",
        silence="The cluster agent does not say: that has an alert of its own.",
        rollout=True,
    )


def _check_errors(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="agent-check-errors",
        title="[Agents] A check fails",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agent-check-errors",
        condition=CheckCondition(
            check="datadog.agent.check_status", over=(watched.everything,), by=("check",), failures=8, successes=2
        ),
        meaning="The check {{check.name}} of an agent ends in an error: what it measures is missing.",
        unit="",
        on_missing_data=MissingData.DEFAULT,
        silence="The check is not configured any more, or its agent is silent: that has an alert of its own.",
    )


def _dropped_spans(watched: Watched) -> MonitorSpec:
    dropped = f"sum:datadog.trace_agent.receiver.spans_dropped{{{watched.everything}}} by {{host}}.as_count()"
    return MonitorSpec(
        key="agent-dropped-spans",
        title="[Agents] An agent throws spans away",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agent-dropped-spans",
        condition=MetricCondition(
            expression=f"sum(last_15m):{dropped}",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.dropped_spans),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="The trace agent of {{host.name}} gets more than it takes: error rates and latencies are wrong by now.",
        unit="spans in 15 minutes",
        on_missing_data=MissingData.DEFAULT,
        silence=_HEARTBEAT,
    )


def _sending_fails(watched: Watched) -> MonitorSpec:
    lost = " + ".join(
        f"sum:datadog.trace_agent.{name}{{{watched.everything}}} by {{host}}.as_count()"
        for name in ("trace_writer.errors", "trace_writer.dropped", "stats_writer.errors")
    )
    return MonitorSpec(
        key="agent-sending-fails",
        title="[Agents] An agent cannot send",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agent-sending-fails",
        condition=MetricCondition(
            expression=f"sum(last_15m):{lost}",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.lost_payloads),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="What the agent of {{host.name}} sends does not arrive: it queues, and is lost when the queue is full.",
        unit="payloads in 15 minutes",
        on_missing_data=MissingData.DEFAULT,
        silence=_HEARTBEAT,
    )


def _queue_grows(watched: Watched) -> MonitorSpec:
    waiting = f"max:datadog.agent.forwarder.retry_queue_size{{{watched.everything}}} by {{host}}"
    return MonitorSpec(
        key="agent-queue-grows",
        title="[Agents] What an agent has to send piles up",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agent-sending-fails",
        condition=MetricCondition(
            expression=f"min(last_15m):{waiting}",
            comparator=Comparator.ABOVE,
            thresholds=above(watched.limits.retry_queue),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="Metrics and events of {{host.name}} arrive late or not at all: they wait in its agent, and the oldest "
        "are thrown away when the queue is full.",
        unit="payloads",
        on_missing_data=MissingData.SHOW,
        silence=_HEARTBEAT,
    )


def _out_of_memory(watched: Watched) -> MonitorSpec:
    scope = f"{watched.everything},kube_daemon_set:{_SERVICE}"
    return MonitorSpec(
        key="agent-out-of-memory",
        title="[Agents] An agent runs out of memory",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service=_SERVICE,
        runbook="agent-out-of-memory",
        condition=MetricCondition(
            # The container runtime counts since the container started.
            expression=f"change(max(last_15m),last_15m):sum:container.memory.oom_events{{{scope}}} by {{host}}",
            comparator=Comparator.ABOVE,
            thresholds=Thresholds(critical=0, critical_recovery=0),
            full_window=False,
            evaluation_delay=LATE,
        ),
        meaning="The agent of {{host.name}} was killed for want of memory: what it held is lost.",
        unit="times in 15 minutes",
        on_missing_data=MissingData.RESOLVE,
        silence=_HEARTBEAT,
    )


def _cluster_agent(watched: Watched) -> MonitorSpec:
    return MonitorSpec(
        key="cluster-agent-leaderless",
        title="[Agents] The cluster agent has no leader",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service="datadog-cluster-agent",
        runbook="cluster-agent-leaderless",
        condition=MetricCondition(
            # Only the leader looks at the cluster: without one, even its nodes are not counted.
            expression=f"max(last_10m):sum:kubernetes_state.node.count{{kube_cluster_name:{watched.cluster}}}",
            comparator=Comparator.BELOW,
            thresholds=Thresholds(critical=1, critical_recovery=1),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="Nobody looks at the cluster as a whole: alerts on deployments and nodes are blind.",
        unit="nodes",
        on_missing_data=MissingData.NOTIFY,
        silence="This is the alert: see the cluster agent's pods, and the lease they elect their leader by.",
    )


def _dangling_checks(watched: Watched) -> MonitorSpec:
    dangling = f"max:datadog.cluster_agent.cluster_checks.configs_dangling{{kube_cluster_name:{watched.cluster}}}"
    return MonitorSpec(
        key="cluster-checks-dangling",
        title="[Agents] Nobody runs some cluster checks",
        tier=Tier.WARNING,
        owner=Team.PLATFORM,
        service="datadog-cluster-agent",
        runbook="cluster-checks-dangling",
        condition=MetricCondition(
            expression=f"min(last_15m):{dangling}",
            comparator=Comparator.AT_LEAST,
            thresholds=Thresholds(critical=1, critical_recovery=0),
            full_window=False,
            evaluation_delay=0,
        ),
        meaning="Nobody runs some of the cluster agent's checks: databases, Flower or certificates go unwatched.",
        unit="checks",
        silence="The cluster agent does not say: that has an alert of its own.",
    )

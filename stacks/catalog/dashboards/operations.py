"""For whoever is on call: the alerts, the agents, the cluster, the queues."""

from __future__ import annotations

from collections.abc import Iterator

from components.dashboards.palette import Tone
from components.dashboards.spec import (
    AlertGraph,
    DashboardSpec,
    Display,
    Events,
    Group,
    MonitorStatus,
    Reduce,
    Timeseries,
    Toplist,
    Value,
)
from components.dashboards.units import Unit
from contract.telemetry.tags import QUEUES
from infra.naming import Team, Tier
from stacks.catalog.dashboards.groups import workloads
from stacks.catalog.dashboards.series import count, line, of, percent, rest, share
from stacks.catalog.dashboards.view import View, deployments

_ENV = "$env"


def dashboard(view: View) -> DashboardSpec:
    """The operations dashboard."""
    return DashboardSpec(
        key="operations",
        title=f"Genonaut: operations ({view.environment})",
        description="What is alerting, do the agents see, has the cluster room, do the queues empty?",
        owner=Team.PLATFORM,
        variables=(view.env,),
        groups=(
            Group(
                title="Alerts",
                widgets=tuple(
                    MonitorStatus(title=tier.value.capitalize(), tags=(f"tier:{tier}",), height=5) for tier in Tier
                ),
            ),
            _queues(view),
            _nodes(view),
            workloads.workloads(view, _ENV),
            _kubernetes(view),
            _agents(view),
            *_endpoints(),
        ),
        deployments=deployments(_ENV),
    )


def _queues(view: View) -> Group:
    return Group(
        title="Queues",
        widgets=(
            *(
                Timeseries(
                    title=f"Jobs that wait: {queue}",
                    series=(line("waiting", of("max", "redis.key.length", f"{_ENV},key:{queue}"), None),),
                    alert=view.alert(f"queue-{queue}-depth"),
                )
                for queue in QUEUES
            ),
            Timeseries(
                title="Workers online",
                series=(line("online", of("sum", "celery.flower.worker.online", _ENV), None, tone=Tone.GOOD),),
                alert=view.alert("workers-offline"),
            ),
            Timeseries(
                title="Waiting in queues, 95th percentile",
                series=(line("p95", of("p95", "genonaut.tasks.wait", _ENV, "queue"), Unit.SECOND),),
            ),
            Timeseries(
                title="Tasks at work by worker",
                series=(line("tasks", of("sum", "celery.flower.worker.executing_tasks", _ENV, "worker"), Unit.TASK),),
                display=Display.AREA,
            ),
            Timeseries(
                title="Rounds of the scheduler",
                series=(line("rounds", count("genonaut.beat.ticks", _ENV), None),),
                display=Display.BARS,
            ),
        ),
    )


def _nodes(view: View) -> Group:
    free = of("avg", "system.mem.pct_usable", _ENV, "host")
    return Group(
        title="Nodes",
        widgets=(
            Timeseries(
                title="Processor",
                series=(
                    line("programs", of("avg", "system.cpu.user", _ENV, "host"), Unit.PERCENT),
                    line("kernel", of("avg", "system.cpu.system", _ENV, "host"), Unit.PERCENT),
                ),
            ),
            Timeseries(
                title="Memory in use",
                series=(rest("used", free),),
                alert=view.alert("node-memory"),
            ),
            Timeseries(
                title="Load by core",
                series=(line("load", of("avg", "system.load.norm.5", _ENV, "host"), None),),
            ),
            Toplist(
                title="Fullest disks",
                series=percent("used", of("max", "system.disk.in_use", _ENV, "host", "device")),
                reduce=Reduce.LAST,
                alert=view.alert("disk-usage"),
                height=3,
            ),
            *(
                AlertGraph(title="Disks, a week ahead", alert=alert)
                for alert in ("disk-forecast",)
                if alert in view.alerts
            ),
            Timeseries(
                title="Network",
                series=(
                    line("in", of("sum", "system.net.bytes_rcvd", _ENV, "host"), Unit.BYTE, per="second"),
                    line("out", of("sum", "system.net.bytes_sent", _ENV, "host"), Unit.BYTE, per="second"),
                ),
            ),
        ),
    )


def _kubernetes(view: View) -> Group:
    """What belongs to no workload of ours carries no `env`."""
    cluster = f"kube_cluster_name:{view.cluster}"
    state = "kubernetes_state"
    ready = of("sum", f"{state}.node.by_condition", f"{cluster},condition:ready,status:true")
    used, size = (
        of("max", f"kubernetes.kubelet.volume.stats.{name}", _ENV, "persistentvolumeclaim")
        for name in ("used_bytes", "capacity_bytes")
    )
    return Group(
        title="Kubernetes",
        widgets=(
            Value(
                title="Nodes", series=line("nodes", of("sum", f"{state}.node.count", cluster), None), reduce=Reduce.LAST
            ),
            Value(title="Nodes that are ready", series=line("ready", ready, None), reduce=Reduce.LAST),
            Toplist(
                title="Volumes",
                series=share("used", used, size),
                reduce=Reduce.LAST,
                alert=view.alert("volume-usage"),
                height=2,
            ),
            Toplist(
                title="Why containers do not start",
                series=line(
                    "waiting",
                    of("sum", f"{state}.container.status_report.count.waiting", _ENV, "reason", "service"),
                    None,
                ),
                reduce=Reduce.HIGHEST,
                height=2,
            ),
            Timeseries(
                title="Pods by phase",
                series=(line("pods", of("sum", f"{state}.pod.status_phase", _ENV, "pod_phase"), None),),
                display=Display.AREA,
                width=3,
            ),
            Timeseries(
                title="Pods put off nodes",
                series=(
                    line("pods", count("kubernetes.kubelet.evictions", _ENV, "eviction_signal"), None, tone=Tone.BAD),
                ),
                display=Display.BARS,
                width=3,
            ),
            Events(title="Events", source="events", search="$env source:kubernetes", width=6, height=3),
        ),
    )


def _agents(view: View) -> Group:
    trace = "datadog.trace_agent"
    return Group(
        title="Agents",
        widgets=(
            MonitorStatus(title="Alerts of the agents", tags=("service:datadog-agent",)),
            Timeseries(
                title="Agents at work",
                series=(
                    line("node agents", of("sum", "datadog.agent.running", _ENV), None, tone=Tone.GOOD),
                    line("trace agents", of("sum", f"{trace}.heartbeat", _ENV), None),
                ),
                height=4,
            ),
            Timeseries(
                title="Payloads that wait to be sent again",
                series=(line("waiting", of("max", "datadog.agent.forwarder.retry_queue_size", _ENV, "host"), None),),
                alert=view.alert("agent-queue-grows"),
                height=4,
            ),
            Timeseries(
                title="Spans taken in and thrown away",
                series=(
                    line("taken in", count(f"{trace}.receiver.spans_received", _ENV), None, tone=Tone.GOOD),
                    line("thrown away", count(f"{trace}.receiver.spans_dropped", _ENV), None, tone=Tone.BAD),
                ),
            ),
            Timeseries(
                title="Traces and statistics that were not sent",
                series=(
                    line("traces", count(f"{trace}.trace_writer.errors", _ENV), None, tone=Tone.BAD),
                    line("statistics", count(f"{trace}.stats_writer.errors", _ENV), None, tone=Tone.WARNING),
                ),
                display=Display.BARS,
            ),
            Timeseries(
                title="Cluster checks that nobody runs",
                series=(
                    line(
                        "checks",
                        of("max", "datadog.cluster_agent.cluster_checks.configs_dangling", _ENV),
                        None,
                        tone=Tone.BAD,
                    ),
                ),
                alert=view.alert("cluster-checks-dangling"),
            ),
        ),
    )


def _endpoints() -> Iterator[Group]:
    yield Group(
        title="Our addresses, seen from inside the cluster",
        widgets=(
            Timeseries(
                title="Time to the answer",
                series=(line("answer", of("avg", "network.http.response_time", _ENV, "url"), Unit.SECOND),),
            ),
            Timeseries(
                title="Addresses that answer as they should",
                series=(line("answers", of("min", "network.http.can_connect", _ENV, "url"), None, tone=Tone.GOOD),),
            ),
            Toplist(
                title="Days until certificates end",
                series=line("left", of("min", "tls.days_left", _ENV, "server_hostname"), Unit.DAY),
                reduce=Reduce.LAST,
                height=3,
            ),
        ),
    )

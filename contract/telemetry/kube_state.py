"""The kube-state check of the cluster agent (`kubernetes_state_core`).

`env`, `service`, `version` and `team` are on a series only where the workload carries the labels they are made from:
nodes, claims and jobs of others have none, and are told apart by `kube_cluster_name`. The keys are the check's own:
`kube_deployment`, `pod_name` and so on, never the `deployment` and `pod` of the check it replaced.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import OWNER, UNIFIED, fixed, free

_CLUSTER = free("kube_cluster_name")
_NAMESPACED = (*_CLUSTER, Tag("kube_namespace"))
_WORKLOAD = (*UNIFIED, Tag("team"), *_NAMESPACED)
_DEPLOYMENT = (*_WORKLOAD, Tag("kube_deployment"))
_STATEFUL_SET = (*_WORKLOAD, Tag("kube_stateful_set"))
_DAEMON_SET = (*_WORKLOAD, Tag("kube_daemon_set"))
_JOB = (*_WORKLOAD, *free("kube_job", "kube_cronjob"))
_CRON_JOB = (*_WORKLOAD, Tag("kube_cronjob"))
_POD = (*_WORKLOAD, *free("pod_name", "node", "host"), *OWNER)
_PHASE = fixed("pod_phase", "pending", "running", "succeeded", "failed", "unknown")
_YES_NO = ("true", "false", "unknown")
_CONTAINER = (*_POD, Tag("kube_container_name"))
_NODE = (*_CLUSTER, *free("node", "host"))
_CLAIM = (*_NAMESPACED, *free("persistentvolumeclaim", "storageclass"))
_AUTOSCALER = (*_NAMESPACED, Tag("horizontalpodautoscaler"))

_WAITING = fixed(
    "reason", "containercreating", "crashloopbackoff", "createcontainerconfigerror", "createcontainererror",
    "errimagepull", "imagepullbackoff", "invalidimagename",
)  # fmt: skip
_TERMINATED = fixed("reason", "containercannotrun", "error", "oomkilled")

_gauge = partial(model.gauge, source=Source.KUBE_STATE)

METRICS = (
    # Workloads.
    _gauge("kubernetes_state.deployment.replicas_desired", None, _DEPLOYMENT, "Pods a deployment should have."),
    _gauge("kubernetes_state.deployment.replicas_available", None, _DEPLOYMENT, "Pods of it that serve."),
    _gauge("kubernetes_state.deployment.replicas_unavailable", None, _DEPLOYMENT, "Pods of it that are missing."),
    _gauge("kubernetes_state.deployment.replicas_ready", None, _DEPLOYMENT, "Pods of it that are ready."),
    _gauge("kubernetes_state.deployment.replicas_updated", None, _DEPLOYMENT, "Pods of it of the newest version."),
    _gauge("kubernetes_state.deployment.rollout_duration", "second", _DEPLOYMENT, "How long a rollout has been going."),
    _gauge("kubernetes_state.statefulset.replicas_desired", None, _STATEFUL_SET, "Pods a stateful set should have."),
    _gauge("kubernetes_state.statefulset.replicas_ready", None, _STATEFUL_SET, "Pods of it that are ready."),
    _gauge("kubernetes_state.statefulset.replicas_updated", None, _STATEFUL_SET, "Pods of it of the newest version."),
    _gauge("kubernetes_state.daemonset.desired", None, _DAEMON_SET, "Nodes that should run a daemon."),
    _gauge("kubernetes_state.daemonset.ready", None, _DAEMON_SET, "Nodes on which it is ready."),
    _gauge("kubernetes_state.daemonset.daemons_unavailable", None, _DAEMON_SET, "Nodes on which it is missing."),
    _gauge("kubernetes_state.job.failed", None, _JOB, "Pods of a job that failed."),
    _gauge("kubernetes_state.job.succeeded", None, _JOB, "Pods of a job that succeeded."),
    _gauge(
        "kubernetes_state.cronjob.duration_since_last_successful", None, _CRON_JOB, "Seconds since it last succeeded."
    ),
    # Pods and containers. Waiting and terminated reasons are sent only while they hold: nothing is the good case.
    _gauge("kubernetes_state.pod.status_phase", None, (*_POD, _PHASE), "1 for the phase a pod is in."),
    _gauge("kubernetes_state.pod.ready", None, (*_POD, fixed("condition", *_YES_NO)), "1 for what a pod is."),
    _gauge("kubernetes_state.pod.unschedulable", None, (*_WORKLOAD, Tag("pod_name")), "1 while no node takes a pod."),
    _gauge("kubernetes_state.pod.age", "second", (*_POD, _PHASE), "Time since a pod was made."),
    _gauge("kubernetes_state.container.restarts", None, _CONTAINER, "Restarts since the pod was made."),
    _gauge("kubernetes_state.container.ready", None, _CONTAINER, "1 while a container is ready."),
    _gauge("kubernetes_state.container.running", None, _CONTAINER, "1 while a container runs."),
    _gauge("kubernetes_state.container.waiting", None, _CONTAINER, "1 while a container waits."),
    _gauge("kubernetes_state.container.status_report.count.waiting", None, (*_CONTAINER, _WAITING), "Why it waits."),
    _gauge(
        "kubernetes_state.container.status_report.count.terminated", None, (*_CONTAINER, _TERMINATED), "Why it ended."
    ),
    _gauge("kubernetes_state.container.cpu_requested", "cpu", _CONTAINER, "Processor a container reserves."),
    _gauge("kubernetes_state.container.cpu_limit", "cpu", _CONTAINER, "Processor a container may use."),
    _gauge("kubernetes_state.container.memory_requested", "byte", _CONTAINER, "Memory a container reserves."),
    _gauge("kubernetes_state.container.memory_limit", "byte", _CONTAINER, "Memory a container may use."),
    # Autoscaling.
    _gauge("kubernetes_state.hpa.current_replicas", None, _AUTOSCALER, "Pods an autoscaler has made."),
    _gauge("kubernetes_state.hpa.desired_replicas", None, _AUTOSCALER, "Pods it wants."),
    _gauge("kubernetes_state.hpa.max_replicas", None, _AUTOSCALER, "Pods it may want."),
    # Nodes and volumes.
    _gauge(
        "kubernetes_state.node.by_condition",
        None,
        (
            *_NODE,
            fixed("condition", "ready", "diskpressure", "memorypressure", "networkunavailable", "pidpressure"),
            fixed("status", *_YES_NO),
        ),
        "1 for what a node is.",
    ),
    _gauge(
        "kubernetes_state.node.status",
        None,
        (*_NODE, fixed("status", "schedulable", "unschedulable")),
        "1 for whether a node takes pods.",
    ),
    _gauge(
        "kubernetes_state.node.count",
        None,
        (*_CLUSTER, *free("kubelet_version", "kernel_version", "os_image", "container_runtime_version")),
        "Nodes there are.",
    ),
    _gauge("kubernetes_state.node.cpu_allocatable", "cpu", _NODE, "Processor of a node for pods."),
    _gauge("kubernetes_state.node.memory_allocatable", "byte", _NODE, "Memory of a node for pods."),
    _gauge("kubernetes_state.node.pods_allocatable", None, _NODE, "Pods a node takes."),
    _gauge(
        "kubernetes_state.persistentvolumeclaim.status",
        None,
        (*_CLAIM, fixed("phase", "bound", "lost", "pending")),
        "1 for the phase a claim is in.",
    ),
)

CHECKS = (
    ServiceCheck(
        name="kubernetes_state.node.ready",
        tags=_NODE,
        statuses=frozenset({Status.OK, Status.WARNING, Status.CRITICAL}),
        source=Source.KUBE_STATE,
        description="Whether a node is ready.",
    ),
    *(
        ServiceCheck(
            name=f"kubernetes_state.node.{condition}",
            tags=_NODE,
            statuses=frozenset({Status.OK, Status.UNKNOWN, Status.CRITICAL}),
            source=Source.KUBE_STATE,
            description=description,
        )
        for condition, description in (
            ("disk_pressure", "Whether a node has disk space left."),
            ("memory_pressure", "Whether a node has memory left."),
            ("network_unavailable", "Whether the network of a node is set up."),
        )
    ),
    ServiceCheck(
        name="kubernetes_state.cronjob.complete",
        tags=(*_NAMESPACED, Tag("kube_cronjob")),
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.KUBE_STATE,
        description="Whether the last run of a cron job succeeded.",
    ),
    ServiceCheck(
        name="kubernetes_state.job.complete",
        tags=(*_NAMESPACED, *free("kube_cronjob", "kube_job")),
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.KUBE_STATE,
        description="Whether a job succeeded.",
    ),
)

"""The tags that many emitters share, and the bounded values of our own."""

from __future__ import annotations

from contract.telemetry.model import Tag


def fixed(key: str, *values: str) -> Tag:
    """A tag whose values are all known."""
    return Tag(key, frozenset(values))


def free(*keys: str) -> tuple[Tag, ...]:
    """Tags whose values are the environment's, or any."""
    return tuple(Tag(key) for key in keys)


def sent_by(activity: str) -> tuple[Tag, ...]:
    """Unified service tagging of what only services with this activity send."""
    return (Tag("env"), Tag("service", doing=activity), Tag("version"))


UNIFIED = free("env", "service", "version")
"""https://docs.datadoghq.com/getting_started/tagging/unified_service_tagging/"""

HOST = free("host", "env", "kube_cluster_name", "cluster_name")
"""What the node agent puts on its host: `env` from DD_ENV, the cluster's name from DD_CLUSTER_NAME under both keys."""

OWNER = free("kube_deployment", "kube_replica_set", "kube_stateful_set", "kube_daemon_set", "kube_job", "kube_cronjob")
"""Who owns a pod; one of them per series, with the replica set also its deployment, with the job its cron job."""

CONTAINER = (*free("kube_namespace", "pod_name", "kube_container_name", "short_image", "image_tag"), *OWNER)

LOW_CARDINALITY = free("kube_namespace", "kube_deployment", "kube_container_name", "short_image", "image_tag")
"""What origin detection adds to DogStatsD with DD_DOGSTATSD_TAG_CARDINALITY=low: no pod, no container id."""

QUEUES = ("default", "generation")
"""Celery's queues, which are lists of these names in Redis."""

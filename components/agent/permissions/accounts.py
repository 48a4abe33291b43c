"""Who acts in the cluster."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Account(StrEnum):
    """The agents' service accounts; each pod template and its account share a name."""

    NODE = "datadog-agent"
    CLUSTER = "datadog-cluster-agent"
    RUNNER = "datadog-cluster-checks"

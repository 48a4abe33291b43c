"""What the agent of a node says about its own work, read from its internal metrics by a check of its own.

Names: `comp/forwarder/defaultforwarder` in https://github.com/DataDog/datadog-agent. Options: the `conf.yaml.example`
of `go_expvar` in https://github.com/DataDog/integrations-core.
"""

from __future__ import annotations

from components.agent.manifests.node_containers import EXPVAR_PORT
from components.agent.spec import CheckConfig

RETRY_QUEUE = "datadog.agent.forwarder.retry_queue_size"
"""Payloads that wait to be sent again; gauge."""


def own_metrics() -> CheckConfig:
    """The check, for every node; metrics that begin with `datadog.` are not billed."""
    instance = {
        "expvar_url": f"http://localhost:{EXPVAR_PORT}/debug/vars",
        "namespace": "datadog",
        "metrics": [{"path": "forwarder/Transactions/RetryQueueSize", "alias": RETRY_QUEUE, "type": "gauge"}],
    }
    return CheckConfig(check="go_expvar", instances=(instance,))

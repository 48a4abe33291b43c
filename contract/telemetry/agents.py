"""What the agents say about themselves, and what the organisation uses.

The trace agent: https://docs.datadoghq.com/tracing/troubleshooting/agent_apm_metrics/. Usage, which is that of the
whole organisation and knows no environment: https://docs.datadoghq.com/account_management/billing/usage_metrics/.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import HOST, fixed, free

_AGENT = (*HOST, Tag("version"))
_CLUSTER_AGENT = free("kube_cluster_name", "cluster_name", "env", "host", "endpoint")

_gauge = partial(model.gauge, source=Source.AGENT)
_count = partial(model.count, source=Source.AGENT)
_usage = partial(model.gauge, source=Source.USAGE)
_usage_count = partial(model.count, source=Source.USAGE)

METRICS = (
    _gauge("datadog.agent.running", None, _AGENT, "1 for every node agent at work."),
    _count("datadog.agent.started", None, _AGENT, "Starts of a node agent."),
    _gauge("datadog.agent.forwarder.retry_queue_size", None, _AGENT, "Payloads that wait to be sent again."),
    _gauge("datadog.trace_agent.heartbeat", None, _AGENT, "Sent every 10 seconds while a trace agent is at work."),
    _count("datadog.trace_agent.started", None, _AGENT, "Starts of a trace agent."),
    _gauge("datadog.trace_agent.panic", None, _AGENT, "Crashes of a trace agent."),
    _count("datadog.trace_agent.receiver.traces_received", None, _AGENT, "Traces taken in."),
    _count("datadog.trace_agent.receiver.spans_received", None, _AGENT, "Spans taken in."),
    _count("datadog.trace_agent.receiver.spans_dropped", None, _AGENT, "Spans thrown away."),
    _count("datadog.trace_agent.receiver.error", None, _AGENT, "Payloads that could not be read."),
    _count("datadog.trace_agent.receiver.oom_kill", None, _AGENT, "Times it ended itself for want of memory."),
    _count("datadog.trace_agent.trace_writer.errors", None, _AGENT, "Traces that could not be sent."),
    _count("datadog.trace_agent.trace_writer.dropped", None, _AGENT, "Payloads given up."),
    _count("datadog.trace_agent.stats_writer.errors", None, _AGENT, "Statistics that could not be sent."),
    _gauge(
        "datadog.cluster_agent.cluster_checks.nodes_reporting", None, _CLUSTER_AGENT, "Agents that run cluster checks."
    ),
    _gauge(
        "datadog.cluster_agent.cluster_checks.configs_dangling", None, _CLUSTER_AGENT, "Cluster checks nobody runs."
    ),
    _gauge(
        "datadog.cluster_agent.cluster_checks.configs_dispatched",
        None,
        (*_CLUSTER_AGENT, Tag("node")),
        "Cluster checks handed out.",
    ),
    _gauge("datadog.cluster_agent.cluster_checks.unscheduled_check", None, _CLUSTER_AGENT, "Cluster checks not begun."),
    _gauge(
        "datadog.cluster_agent.admission_webhooks.certificate_expiry",
        "hour",
        _CLUSTER_AGENT,
        "Time until the certificate of the webhook ends.",
    ),
    _gauge(
        "datadog.cluster_agent.admission_webhooks.mutation_errors",
        None,
        _CLUSTER_AGENT,
        "Pods that could not be changed.",
    ),
    _usage("datadog.estimated_usage.hosts", "host", (), "Hosts seen in the last hour."),
    _usage("datadog.estimated_usage.apm_hosts", "host", (), "Hosts with traces seen in the last hour."),
    _usage("datadog.estimated_usage.dbm.hosts", "host", (), "Databases seen by Database Monitoring in the last hour."),
    _usage("datadog.estimated_usage.containers", "container", (), "Containers seen in the last hour."),
    _usage("datadog.estimated_usage.metrics.custom", "metric", (), "Series of metrics of our own in the last hour."),
    _usage("datadog.estimated_usage.metrics.custom.by_metric", "metric", (Tag("metric_name"),), "The same by metric."),
    _usage_count(
        "datadog.estimated_usage.logs.ingested_bytes",
        "byte",
        (*free("service", "datadog_index"), fixed("datadog_is_excluded", "true", "false")),
        "Logs taken in, in size.",
    ),
    _usage_count(
        "datadog.estimated_usage.logs.ingested_events",
        "event",
        (*free("service", "status", "datadog_index"), fixed("datadog_is_excluded", "true", "false")),
        "Logs taken in, in number.",
    ),
    _usage_count(
        "datadog.estimated_usage.apm.ingested_bytes", "byte", free("env", "service"), "Spans taken in, in size."
    ),
    _usage_count("datadog.estimated_usage.apm.indexed_spans", "span", free("env", "service"), "Spans kept for search."),
    _usage_count("datadog.estimated_usage.rum.sessions", "session", (), "Sessions of browsers."),
    _usage_count("datadog.estimated_usage.synthetics.api_test_runs", "run", (), "Runs of API tests."),
    _usage_count("datadog.estimated_usage.synthetics.browser_test_runs", "run", (), "Runs of browser tests."),
)

CHECKS = (
    ServiceCheck(
        name="datadog.agent.up",
        tags=HOST,
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.AGENT,
        description="Whether the node agent of a host reports.",
    ),
    ServiceCheck(
        name="datadog.agent.check_status",
        tags=(*HOST, Tag("check")),
        statuses=frozenset({Status.OK, Status.WARNING, Status.CRITICAL}),
        source=Source.AGENT,
        description="Whether a check of an agent ran without an error.",
    ),
    ServiceCheck(
        name="datadog.cluster_agent.prometheus.health",
        tags=_CLUSTER_AGENT,
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.AGENT,
        description="Whether the cluster agent's own metrics can be read.",
    ),
)

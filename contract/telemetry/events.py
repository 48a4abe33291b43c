"""The streams of events that monitors and widgets search: logs, spans, browser events, events.

Attributes of logs are those our JSON formatter writes and the pipelines of stacks/catalog/logs make, no others: the
check of components/logs holds both together. Attributes of spans are ddtrace's.
"""

from __future__ import annotations

from contract.telemetry.application import API, WORKER
from contract.telemetry.browser import ACTIVITY as BROWSER
from contract.telemetry.browser import ERROR_SOURCES, FAILURES, JOURNEYS
from contract.telemetry.model import EventSource, Facet, Source
from contract.telemetry.tags import QUEUES

DEPLOYMENT = "deployment"
"""The value of `event_type` on the event that the delivery pipeline posts when a version of a service goes out."""

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})

OF_OUR_OWN = ("pagination.query", "comfyui.request")
"""Operations of the spans that our own code makes, besides those of ddtrace."""

_UNIFIED = (Facet(name="env"), Facet(name="service"), Facet(name="version"))
_ORIGIN = tuple(
    Facet(name=name)
    for name in (
        "host", "kube_cluster_name", "cluster_name", "kube_namespace", "kube_deployment", "kube_stateful_set",
        "kube_daemon_set", "kube_container_name", "pod_name", "short_image", "image_tag",
    )
)  # fmt: skip
_REQUEST = (
    Facet(name="@http.method", values=_METHODS),
    Facet(name="@http.route"),
    Facet(name="@http.status_code", unit=""),
    Facet(name="@http.url"),
    Facet(name="@http.useragent"),
)
_ERROR = (Facet(name="@error.kind"), Facet(name="@error.message"), Facet(name="@error.stack"))

EVENT_SOURCES = (
    EventSource(
        name="logs",
        source=Source.LOGS,
        description="Container logs, through the node agents.",
        free_text=True,
        facets=(
            *_UNIFIED,
            *_ORIGIN,
            Facet(
                name="status",
                values=frozenset({"emergency", "alert", "critical", "error", "warn", "notice", "info", "debug", "ok"}),
            ),
            Facet(name="source"),
            Facet(name="filename"),
            Facet(name="trace_id"),
            *_REQUEST,
            *_ERROR,
            Facet(name="@duration", unit="nanosecond"),
            Facet(name="@logger.name"),
            Facet(name="@logger.thread_name"),
            Facet(name="@usr.id"),
            Facet(name="@celery.task"),
            Facet(name="@celery.queue", values=frozenset(QUEUES)),
            Facet(name="@celery.task_id"),
            Facet(name="@http.url_details.path"),
            Facet(name="@network.client.ip"),
            Facet(name="@db.name"),
            Facet(name="@db.user"),
            Facet(name="@db.statement"),
            Facet(name="@db.error_code"),
            Facet(name="@event"),
        ),
    ),
    EventSource(
        name="trace-analytics",
        source=Source.TRACES,
        description="Spans that a retention filter keeps.",
        free_text=False,
        facets=(
            *_UNIFIED,
            *_ORIGIN,
            Facet(name="status", values=frozenset({"ok", "error"})),
            Facet(
                name="operation_name",
                values=frozenset({API, WORKER, "celery.apply", "postgres.query", "redis.command", *OF_OUR_OWN}),
            ),
            Facet(name="resource_name"),
            Facet(name="type"),
            Facet(name="@duration", unit="nanosecond"),
            Facet(name="@_top_level", unit=""),
            *_REQUEST,
            *_ERROR,
            Facet(name="@error.type"),
            Facet(name="@db.name"),
            Facet(name="@db.row_count", unit="row"),
            # Set by our own code, on the root span of a request and on its own spans.
            Facet(name="@db.query_count", unit="query"),
            Facet(name="@comfyui.call", values=frozenset({"submit", "poll", "fetch", "cancel"})),
            Facet(name="@celery.task_name"),
            Facet(name="@celery.state"),
            Facet(name="@pagination.page_size"),
            Facet(name="@pagination.offset_range"),
        ),
    ),
    EventSource(
        name="rum",
        source=Source.BROWSER,
        description="Browser events of the sessions that are kept.",
        free_text=False,
        facets=(
            Facet(name="env"),
            Facet(name="service", doing=BROWSER),
            Facet(name="version"),
            Facet(
                name="@type",
                values=frozenset({"session", "view", "action", "error", "resource", "long_task", "vital"}),
            ),
            Facet(name="@application.id"),
            Facet(name="@session.type", values=frozenset({"user", "synthetics", "ci_test"})),
            Facet(name="@session.id"),
            Facet(name="@view.name"),
            Facet(name="@view.url_path"),
            Facet(name="@view.url_path_group"),
            Facet(name="@view.loading_time", unit="nanosecond"),
            Facet(name="@view.largest_contentful_paint", unit="nanosecond"),
            Facet(name="@view.first_contentful_paint", unit="nanosecond"),
            Facet(name="@view.interaction_to_next_paint", unit="nanosecond"),
            Facet(name="@view.cumulative_layout_shift", unit=""),
            Facet(name="@view.error.count", unit="error"),
            Facet(name="@error.source", values=frozenset(ERROR_SOURCES)),
            Facet(name="@error.message"),
            Facet(name="@error.stack"),
            Facet(name="@error.type"),
            Facet(name="@error.handling", values=frozenset({"handled", "unhandled"})),
            Facet(name="@action.type"),
            Facet(name="@action.name"),
            Facet(name="@action.frustration.type"),
            Facet(name="@resource.type"),
            Facet(name="@resource.status_code", unit=""),
            Facet(name="@resource.duration", unit="nanosecond"),
            Facet(name="@resource.url"),
            Facet(name="@vital.type", values=frozenset({"duration", "operation_step"})),
            Facet(name="@vital.name", values=frozenset(JOURNEYS)),
            Facet(name="@vital.step_type", values=frozenset({"start", "end"})),
            Facet(name="@vital.failure_reason", values=frozenset(FAILURES)),
            Facet(name="@vital.duration", unit="nanosecond"),
            Facet(name="@device.type", values=frozenset({"Desktop", "Mobile", "Tablet", "Bot", "Other"})),
            Facet(name="@browser.name"),
            Facet(name="@os.name"),
            Facet(name="@geo.country"),
            Facet(name="@usr.id"),
        ),
    ),
    EventSource(
        name="events",
        source=Source.EVENTS,
        description="Events of Kubernetes, of deployments and of monitors.",
        free_text=True,
        facets=(
            *_UNIFIED,
            *_ORIGIN,
            Facet(name="source"),
            Facet(name="status", values=frozenset({"error", "warn", "info", "ok"})),
            # Not from the agents: the delivery pipeline posts an event at each rollout (docs/dashboards.md).
            Facet(name="event_type", values=frozenset({DEPLOYMENT})),
            Facet(name="priority", values=frozenset({"low", "normal"})),
            Facet(name="kube_kind"),
            Facet(name="kube_name"),
            Facet(name="event_reason"),
        ),
    ),
    *(
        EventSource(
            name=name,
            source=source,
            description=description,
            free_text=False,
            facets=(
                *_UNIFIED,
                Facet(name="@issue.id"),
                Facet(name="@error.type"),
                Facet(name="@error.message"),
                Facet(name="@issue.age", unit="millisecond"),
                Facet(name="@usr.id"),
            ),
        )
        for name, source, description in (
            ("error-tracking", Source.TRACES, "Errors of traces, logs and browsers, grouped to issues."),
            ("error-tracking-logs", Source.LOGS, "Errors of logs, grouped to issues."),
            ("error-tracking-rum", Source.BROWSER, "Errors of browsers, grouped to issues."),
            ("error-tracking-traces", Source.TRACES, "Errors of traces, grouped to issues."),
        )
    ),
)

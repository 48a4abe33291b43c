"""Sentry's SDK, set up."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import sentry_sdk
from sentry_sdk.integrations import Integration

from genonaut_telemetry import tracing
from genonaut_telemetry.errors.rules import fingerprint, is_no_error
from genonaut_telemetry.errors.scrubbing import scrub_event
from genonaut_telemetry.guard import harmless
from genonaut_telemetry.settings import Settings, installed

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint


def start(settings: Settings) -> None:
    """Begin to send errors. A Sentry that is down costs memory up to the end of a queue, and no time of a request."""
    if settings.sentry_dsn is None:
        return
    sentry_sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        environment=settings.sentry_environment or settings.environment,
        release=settings.sentry_release or f"{settings.service}@{settings.version}",
        sample_rate=settings.sentry_sample_rate,
        traces_sample_rate=settings.sentry_traces_sample_rate,
        send_default_pii=False,
        max_request_body_size="never",
        # The values of variables are where passwords are.
        include_local_variables=False,
        # Breadcrumbs are scrubbed with the event they go with: most never go anywhere, and a query is one.
        before_send=_before_send(settings),
        before_send_transaction=_before_send_transaction,
        auto_enabling_integrations=False,
        integrations=_integrations(settings),
        shutdown_timeout=2,
    )
    sentry_sdk.set_tag("service", settings.service)


def _integrations(settings: Settings) -> list[Integration]:
    found: list[Integration] = []
    if installed("fastapi"):
        from sentry_sdk.integrations.fastapi import FastApiIntegration  # noqa: PLC0415 - not installed everywhere
        from sentry_sdk.integrations.starlette import StarletteIntegration  # noqa: PLC0415

        # Spans of middlewares cost every request, and without Sentry's own tracing nobody sees them.
        spans = settings.sentry_traces_sample_rate is not None
        found += [StarletteIntegration(middleware_spans=spans), FastApiIntegration(middleware_spans=spans)]
    if installed("sqlalchemy"):
        from sentry_sdk.integrations.sqlalchemy import SqlalchemyIntegration  # noqa: PLC0415

        found.append(SqlalchemyIntegration())
    if installed("celery"):
        from sentry_sdk.integrations.celery import CeleryIntegration  # noqa: PLC0415

        # The slug of a check-in is the name of the entry in beat's schedule. Others send none: each one costs.
        monitored = "|".join(map(re.escape, settings.monitored_jobs))
        others = f"^(?!(?:{monitored})$).*" if monitored else ".*"
        found.append(CeleryIntegration(monitor_beat_tasks=True, exclude_beat_tasks=[others]))
    return found


def _before_send(settings: Settings) -> Callable[[Event, Hint], Event | None]:
    def before_send(event: Event, hint: Hint) -> Event | None:
        # What cannot be scrubbed is not sent.
        with harmless("scrubbing"):
            return _prepared(event, hint, settings)
        return None

    return before_send


def _prepared(event: Event, hint: Hint, settings: Settings) -> Event | None:
    error = (hint.get("exc_info") or (None, None, None))[1]
    if error is not None and is_no_error(error, settings.sentry_drop):
        return None
    clean = scrub_event(cast(dict[str, Any], event))
    if error is not None and (same := fingerprint(error)):
        clean["fingerprint"] = list(same)
    if ids := tracing.ids(error):
        trace, span = ids
        clean["tags"] = {**(clean.get("tags") or {}), "dd.trace_id": trace, "dd.span_id": span}
    return cast("Event", clean)


def _before_send_transaction(event: Event, hint: Hint) -> Event | None:
    with harmless("scrubbing"):
        return cast("Event", scrub_event(cast(dict[str, Any], event)))
    return None

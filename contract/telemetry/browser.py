"""What Datadog computes from all sessions of browsers, kept or not (RUM without Limits).

Its own metrics (`rum.measure.*`): https://docs.datadoghq.com/real_user_monitoring/rum_without_limits/metrics/. Ours
(`genonaut.browser.*`) are made from events by components/rum, for what the former cannot be told apart by. Web vitals
are distributions with percentiles; times are nanoseconds, as in all browser events.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from contract.telemetry import model
from contract.telemetry.model import Source, Tag
from contract.telemetry.tags import fixed, free, sent_by

ACTIVITY = "browser"
"""What the services do that run in browsers."""

_SESSION = (
    *sent_by(ACTIVITY),
    *free("application.id", "application.name", "os.name", "os.version", "browser.name", "geo.country"),
)
_VIEW = (*_SESSION, *free("view.name"))

_count = partial(model.count, source=Source.BROWSER)
_distribution = partial(model.distribution, source=Source.BROWSER)

_MINUTE = 60e9  # nanoseconds

OURS = "genonaut.browser."
"""What the names of our own metrics begin with."""
JOURNEYS = ("creation", "following", "generation", "registration", "search")
"""What people come for, from its first step to its last; stacks/catalog/browsers.py says which steps these are."""
FAILURES = ("abandoned", "error", "other")
"""Why a journey ends before its last step, in the browser SDK's words."""
ERROR_SOURCES = ("agent", "console", "custom", "logger", "network", "report", "source", "webview")
"""Who noticed an error: `source` is an exception that nobody caught
(https://docs.datadoghq.com/real_user_monitoring/application_monitoring/browser/data_collected/#error-attributes)."""

FACETS: Mapping[str, str] = MappingProxyType(
    {
        "env": "env",
        "service": "service",
        "country": "@geo.country",
        "device_type": "@device.type",
        "error_source": "@error.source",
        "journey": "@vital.name",
        "reason": "@vital.failure_reason",
    }
)
"""Tag of our own metrics -> the attribute of browser events it is made from."""

# No version: Datadog's own metrics have it, and each value would double the custom metrics that are paid for.
_DEVICE = (Tag("env"), Tag("service", doing=ACTIVITY), *free("device_type"))
_PEOPLE = (*_DEVICE, *free("country"))
_JOURNEY = (*_DEVICE, fixed("journey", *JOURNEYS))

METRICS = (
    _count("rum.measure.session", "session", _SESSION, "Sessions."),
    _count("rum.measure.view", None, _VIEW, "Views of pages."),
    _count("rum.measure.error", "error", _VIEW, "Errors in pages."),
    _count("rum.measure.session.frustration", None, _SESSION, "Signs of frustration, such as rage clicks."),
    _distribution(
        "rum.measure.view.loading_time", "nanosecond", _VIEW, "How long a view took to load.", highest=_MINUTE
    ),
    _distribution(
        "rum.measure.view.largest_contentful_paint",
        "nanosecond",
        _VIEW,
        "When the largest part of a view was there.",
        highest=_MINUTE,
    ),
    _distribution(
        "rum.measure.view.interaction_to_next_paint",
        "nanosecond",
        _SESSION,
        "How long a view took to answer.",
        highest=_MINUTE,
    ),
    _distribution("rum.measure.view.cumulative_layout_shift", None, _VIEW, "How much a view jumped while loading."),
    _count("genonaut.browser.views", None, _PEOPLE, "Views of pages, by country and kind of device."),
    _count(
        "genonaut.browser.errors",
        "error",
        (*_PEOPLE, fixed("error_source", *ERROR_SOURCES)),
        "Errors in pages, by country, kind of device and who noticed them.",
    ),
    _distribution(
        "genonaut.browser.largest_contentful_paint",
        "nanosecond",
        _PEOPLE,
        "When the largest part of a view was there: a core web vital.",
        highest=_MINUTE,
    ),
    _distribution(
        "genonaut.browser.interaction_to_next_paint",
        "nanosecond",
        _PEOPLE,
        "How long a view took to answer: a core web vital.",
        highest=_MINUTE,
    ),
    _distribution(
        "genonaut.browser.cumulative_layout_shift", None, _PEOPLE, "How much a view jumped: a core web vital."
    ),
    _count("genonaut.browser.journeys.started", None, _JOURNEY, "Journeys that somebody began."),
    _count("genonaut.browser.journeys.completed", None, _JOURNEY, "Journeys that came to their last step."),
    _count(
        "genonaut.browser.journeys.failed",
        None,
        (*_JOURNEY, fixed("reason", *FAILURES)),
        "Journeys that ended before their last step.",
    ),
    _distribution("genonaut.browser.journeys.duration", "nanosecond", _JOURNEY, "How long completed journeys took."),
)

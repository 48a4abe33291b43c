"""What Datadog computes from all sessions of browsers, sampled or not (RUM without Limits).

https://docs.datadoghq.com/real_user_monitoring/rum_without_limits/metrics/. Web vitals are distributions with
percentiles; times are nanoseconds, as in all browser events.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import Source
from contract.telemetry.tags import free, sent_by

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
)

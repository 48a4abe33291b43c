"""What the load generator sends while a test runs: nothing at any other time."""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import Source
from contract.telemetry.tags import HOST, LOW_CARDINALITY, fixed, sent_by

ACTIVITY = "load_test"
"""What the `service` of the load generator does."""

SCENARIOS = ("browse", "search", "generate", "mixed")
ENDPOINTS = ("unified", "content", "search", "recommendations", "generation_jobs", "bookmarks", "tags")

_TAGS = (
    *sent_by(ACTIVITY),
    fixed("scenario", *SCENARIOS),
    fixed("endpoint", *ENDPOINTS),
    *HOST,
    *LOW_CARDINALITY,
)
_RUN = tuple(tag for tag in _TAGS if tag.key != "endpoint")

_gauge = partial(model.gauge, source=Source.LOAD_TEST)
_count = partial(model.count, source=Source.LOAD_TEST)
_distribution = partial(model.distribution, source=Source.LOAD_TEST)

METRICS = (
    _distribution("genonaut.load_test.response.duration", "second", _TAGS, "How long an answer took.", highest=60),
    _count("genonaut.load_test.requests", "request", _TAGS, "Requests sent."),
    _count("genonaut.load_test.failures", "request", _TAGS, "Requests that failed."),
    _gauge("genonaut.load_test.users", "user", _RUN, "Simulated people at work."),
    _gauge(
        "genonaut.load_test.regression",
        "percent",
        _TAGS,
        "95th percentile of the finished run against the baseline: 10 is a tenth slower.",
        highest=float("inf"),
    ),
)

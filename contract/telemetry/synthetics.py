"""Datadog's synthetic tests (https://docs.datadoghq.com/synthetics/platform/metrics/).

`env`, `service` and `team` are there because our tests carry them as tags.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import Source
from contract.telemetry.tags import fixed, free

_TEST = (
    *free("env", "service", "team", "check_id", "location"),
    fixed("type", "api", "browser"),
    fixed("status", "success", "failure"),
)
_HTTP = (*_TEST, *free("url", "status_code"))

_gauge = partial(model.gauge, source=Source.SYNTHETICS)
_count = partial(model.count, source=Source.SYNTHETICS)

_MINUTE = 60_000  # milliseconds; a test ends before

METRICS = (
    _count("synthetics.test_runs", "run", _TEST, "Runs of tests."),
    _count("synthetics.api.response", "request", _HTTP, "Answers that API tests got."),
    _gauge("synthetics.http.response.time", "millisecond", _HTTP, "Time to the whole answer.", highest=_MINUTE),
    _gauge("synthetics.http.dns.time", "millisecond", _HTTP, "Time to look up the name.", highest=_MINUTE),
    _gauge("synthetics.http.connect.time", "millisecond", _HTTP, "Time to connect.", highest=_MINUTE),
    _gauge("synthetics.http.ssl.time", "millisecond", _HTTP, "Time to agree on encryption.", highest=_MINUTE),
    _gauge("synthetics.http.firstbyte.time", "millisecond", _HTTP, "Time to the first byte.", highest=_MINUTE),
    _gauge("synthetics.ssl.days_before_expiration", "day", _TEST, "Days until a certificate ends."),
)

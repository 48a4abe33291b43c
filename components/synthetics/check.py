"""Everything that is wrong with probes: the provider would tell of it one by one, after the first ones are made."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from components.synthetics.spec import (
    Certificate,
    FasterThan,
    Journey,
    JsonIs,
    ProbeSpec,
    ProbesSpec,
    Request,
    Schedule,
    Single,
    Visit,
)
from contract import synthetics as limits
from infra.naming import is_logical_name
from infra.problems import Problem

_USED = re.compile(r"{{\s*(\w+)\s*}}")
_JSON_PATH = re.compile(r"\$(\.[A-Za-z_]\w*|\[\d+\])+")
_HIGHEST_PORT = 65_535

Finding = tuple[str, str]
"""What is wrong, and what would be right."""


def check(spec: ProbesSpec) -> list[Problem]:
    """Everything that is wrong with these probes."""
    counts = Counter(probe.key for probe in spec.probes)
    found = [
        Problem(f"probes.{key}", f"{count} probes have this key", "keys are unique")
        for key, count in counts.items()
        if count > 1
    ]
    for probe in spec.probes:
        found += [Problem(f"probes.{probe.key}", what, hint) for what, hint in _wrong(probe, spec)]
    return found


def _wrong(probe: ProbeSpec, spec: ProbesSpec) -> Iterator[Finding]:
    if not is_logical_name(probe.key):
        yield "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    renotify = spec.urgency[probe.tier].renotify_minutes or 0
    if renotify not in limits.RENOTIFY_MINUTES:
        allowed = ", ".join(str(minutes) for minutes in sorted(limits.RENOTIFY_MINUTES))
        yield f"cannot be sent again every {renotify} min", f"one of {allowed}"
    yield from _wrong_schedule(probe.schedule, "browser" if isinstance(probe.subject, Visit) else "api")
    match probe.subject:
        case Single(request=request):
            yield from _wrong_request(request, "", ())
        case Journey() as journey:
            yield from _wrong_journey(journey)
        case Certificate() as certificate:
            yield from _wrong_certificate(certificate)
        case Visit() as visit:
            yield from _wrong_visit(visit)


def _wrong_schedule(schedule: Schedule, kind: str) -> Iterator[Finding]:
    least, most = limits.LEAST_SECONDS_BETWEEN_RUNS[kind], limits.MOST_SECONDS_BETWEEN_RUNS
    if not least <= schedule.every_seconds <= most:
        yield f"runs every {schedule.every_seconds} s", f"{least} to {most} s"
    if not 0 <= schedule.retries <= limits.MOST_RETRIES[kind]:
        yield f"retries {schedule.retries} times", f"0 to {limits.MOST_RETRIES[kind]}"
    if not 0 <= schedule.retry_interval_milliseconds <= limits.LONGEST_RETRY_INTERVAL:
        yield (
            f"retries after {schedule.retry_interval_milliseconds} ms",
            f"0 to {limits.LONGEST_RETRY_INTERVAL} ms",
        )
    if not 0 <= schedule.failing_seconds <= limits.LONGEST_FAILING_SECONDS:
        yield f"must fail for {schedule.failing_seconds} s", f"0 to {limits.LONGEST_FAILING_SECONDS} s"
    if not schedule.locations:
        yield "runs nowhere", "at least one location"
    elif not 1 <= schedule.failing_locations <= len(schedule.locations):
        yield (
            f"must fail in {schedule.failing_locations} of {len(schedule.locations)} locations",
            "at least 1, at most as many as there are",
        )
    for location, count in Counter(schedule.locations).items():
        if count > 1:
            yield f"names the location {location} {count} times", "once"
        if not limits.is_location(location):
            yield f"there is no location {location!r}", _close(location, limits.MANAGED_LOCATIONS)


def _wrong_request(request: Request, where: str, taken: Iterable[str]) -> Iterator[Finding]:
    yield from _wrong_url(request.url, where)
    unknown = set(_USED.findall(request.url + (request.json or ""))) - set(taken)
    for name in sorted(unknown):
        yield f"{where}uses {{{{ {name} }}}}, which no earlier step takes", "take it from an answer before"
    if not 1 <= len(request.assertions) <= limits.MOST_ASSERTIONS:
        yield f"{where}asserts {len(request.assertions)} things", f"1 to {limits.MOST_ASSERTIONS}"
    if request.method == "POST" and not request.writes_nothing:
        yield f"{where}sends a POST", "probes never write: say in writes_nothing why this one does not"
    for assertion in request.assertions:
        if isinstance(assertion, JsonIs):
            yield from _wrong_path(assertion.path, where)
        if isinstance(assertion, FasterThan) and assertion.milliseconds <= 0:
            yield f"{where}must be faster than {assertion.milliseconds} ms", "more than 0"


def _wrong_journey(journey: Journey) -> Iterator[Finding]:
    if not journey.steps:
        yield "is a journey without steps", "at least one"
    taken: set[str] = set()
    for step in journey.steps:
        where = f"step {step.name!r} "
        yield from _wrong_request(step.request, where, taken)
        for name, path in step.takes.items():
            if not limits.VARIABLE.fullmatch(name):
                yield f"{where}calls a value {name!r}", "at least 3 capital letters, digits and underscores"
            yield from _wrong_path(path, where)
        taken |= set(step.takes)


def _wrong_certificate(certificate: Certificate) -> Iterator[Finding]:
    yield from _wrong_url(f"https://{certificate.host}", "")
    if not 0 < certificate.port <= _HIGHEST_PORT:
        yield f"asks port {certificate.port}", f"1 to {_HIGHEST_PORT}"
    if certificate.days_left < 1:
        yield f"wants {certificate.days_left} days left", "1 or more"


def _wrong_visit(visit: Visit) -> Iterator[Finding]:
    yield from _wrong_url(visit.url, "")
    if not visit.steps:
        yield "is a visit without steps", "at least one that looks at the page"
    if not visit.devices:
        yield "visits with no device", f"some of {', '.join(sorted(limits.DEVICES))}"
    for device in visit.devices:
        if device not in limits.DEVICES:
            yield f"there is no device {device!r}", _close(device, limits.DEVICES)
    for step in visit.steps:
        if not step.value.strip():
            yield f"step {step.name!r} has no value", "what to open, or what must be there"


def _wrong_url(url: str, where: str) -> Iterator[Finding]:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in parts.netloc
        _ = parts.port  # raises where it is none
    except ValueError:
        usable = False
    if not usable:
        yield f"{where}asks {url!r}, which is no URL", "https://, a host, a path"


def _wrong_path(path: str, where: str) -> Iterator[Finding]:
    if not _JSON_PATH.fullmatch(path):
        yield f"{where}reads {path!r}, which is no JSON path", "such as $.pagination.next_cursor"


def _close(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"did you mean {close[0]}?" if close else "see contract/synthetics.py"

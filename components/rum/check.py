"""Everything that is wrong with what is seen of browsers, found before anything is declared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from components.rum.spec import ApplicationSpec, BrowserMetric, RetentionFilter, RumSpec
from contract.proof import prove_search
from contract.telemetry import EVENT_SOURCES, METRICS, MetricType
from contract.telemetry.browser import FACETS, JOURNEYS, OURS
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem

LEAST_KEPT = 0.1
"""Percent: the least that a retention filter can keep
(https://docs.datadoghq.com/api/latest/rum-retention-filters/)."""
_WHOLE = 100.0
# As browsers write it: without the usual port.
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(?!:443$)(:\d+)?")
_KEY = "lower case letters, digits and hyphens, at most 63"


def check(spec: RumSpec, world: World) -> list[Problem]:
    """All problems at once; `world` is what searches are proved against."""
    problems = [
        *_wrong_sampling(spec),
        *_repeated("applications", [one.key for one in spec.applications]),
        *_repeated("filters", [one.key for one in spec.filters]),
        *_repeated("metrics", [one.name for one in spec.metrics]),
        *_wrong_intake(spec),
        *_wrong_journeys(spec),
        *_competing(spec.filters),
    ]
    for application in spec.applications:
        problems += _wrong_application(application)
    for filter_ in spec.filters:
        problems += _wrong_filter(filter_, world)
    for metric in spec.metrics:
        problems += _wrong_metric(metric, world)
    return [Problem(f"rum.{one.where}", one.what, one.hint) for one in [*problems, *_missing_metrics(spec)]]


def _wrong_sampling(spec: RumSpec) -> Iterator[Problem]:
    given = spec.sampling
    for name, least in (("sessions", 0.0), ("replays", 0.0), ("traces", 0.0), ("kept", LEAST_KEPT)):
        value = getattr(given, name)
        if not least <= value <= _WHOLE:
            yield Problem(f"sampling.{name}", f"{value:g} percent cannot be", f"{least:g} to 100")
    if given.replays > 0 and given.sessions == 0:
        yield Problem("sampling.replays", "records sessions that are not sent", "sessions above 0, or replays 0")


def _wrong_intake(spec: RumSpec) -> Iterator[Problem]:
    if spec.intake is not None and not spec.intake.startswith("https://"):
        yield Problem("intake", f"{spec.intake} is not encrypted", "an https:// URL, in web.intakeUrl")


def _wrong_application(spec: ApplicationSpec) -> Iterator[Problem]:
    if not is_logical_name(spec.key):
        yield Problem(spec.key, "is not a usable key", _KEY)
    for origin in spec.traced:
        # The snippet compares it whole with what the browser calls the origin of an address.
        if not _ORIGIN.fullmatch(origin):
            yield Problem(
                f"{spec.key}.traced",
                f"{origin} is no origin",
                "https:// and a host in lower case, no path, no :443: see endpoints.api",
            )


def _wrong_journeys(spec: RumSpec) -> Iterator[Problem]:
    given = [journey.key for journey in spec.journeys]
    yield from _repeated("journeys", given)
    for key in sorted({*given} - {*JOURNEYS}):
        yield Problem(
            f"journeys.{key}", "is not in the contract", "add it to JOURNEYS in contract/telemetry/browser.py"
        )
    for key in sorted({*JOURNEYS} - {*given}):
        yield Problem(f"journeys.{key}", "is in the contract, but nobody says where it starts and ends")


def _wrong_filter(spec: RetentionFilter, world: World) -> Iterator[Problem]:
    where = f"filters.{spec.key}"
    if not is_logical_name(spec.key):
        yield Problem(where, "is not a usable key", _KEY)
    if not LEAST_KEPT <= spec.percent <= _WHOLE:
        yield Problem(where, f"keeps {spec.percent:g} percent", f"{LEAST_KEPT:g} to 100")
    yield from (Problem(where, finding) for finding in prove_search("rum", spec.search, world))


def _competing(filters: tuple[RetentionFilter, ...]) -> Iterator[Problem]:
    # An event is judged by the first filter of its kind that it matches. With one per kind no order can matter, and
    # none has to be declared: that would need the ids of filters that Datadog makes (docs/adr/0021-browsers.md).
    for event, number in Counter(one.event for one in filters).items():
        if number > 1:
            yield Problem(
                "filters", f"{number} judge {event} events: their order would matter", "one per kind of event"
            )


def _wrong_metric(spec: BrowserMetric, world: World) -> Iterator[Problem]:
    where = f"metrics.{spec.key}"
    if not is_logical_name(spec.key):
        yield Problem(where, "is not a usable key", _KEY)
    metric = METRICS.get(spec.name)
    if metric is None or not spec.name.startswith(OURS):
        yield Problem(where, f"{spec.name} is not in the contract", "add it to contract/telemetry/browser.py")
        return
    measure = ("pc95", spec.measure) if spec.measure else None
    tags = [FACETS.get(tag.key) for tag in metric.tags]
    findings = prove_search("rum", spec.search, world, group_by=filter(None, tags), measure=measure)
    yield from (Problem(where, finding) for finding in findings)
    for tag in metric.tags:
        if tag.key not in FACETS:
            yield Problem(where, f"no attribute of browser events is told to be {tag.key}", "add it to FACETS")
    if (metric.type is MetricType.DISTRIBUTION) != (spec.measure is not None):
        yield Problem(where, f"the contract says that {spec.name} is a {metric.type}", "a distribution has a measure")
    facet = EVENT_SOURCES["rum"].facet(spec.measure) if spec.measure else None
    measured, named = facet.unit if facet else None, metric.unit or ""
    if measured is not None and measured != named:
        yield Problem(where, f"{spec.measure} is in {measured or 'no unit'}, and {spec.name} in {named or 'no unit'}")


def _missing_metrics(spec: RumSpec) -> Iterator[Problem]:
    if not spec.metrics:
        return  # another stack's
    made = {metric.name for metric in spec.metrics}
    for name in sorted(METRICS):
        if name.startswith(OURS) and name not in made:
            yield Problem("metrics", f"nobody makes {name}, which the contract has", "stacks/catalog/browsers.py")


def _repeated(kind: str, keys: list[str]) -> Iterator[Problem]:
    for key, number in Counter(keys).items():
        if number > 1:
            yield Problem(f"{kind}.{key}", f"stands there {number} times", "once")

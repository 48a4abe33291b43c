"""What is tried from outside, as people would do it. Nothing here writes anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from components.synthetics.spec import (
    BrowserAction,
    BrowserStep,
    Certificate,
    FasterThan,
    Journey,
    JsonIs,
    JsonShape,
    ProbeSpec,
    Request,
    Schedule,
    Single,
    StatusIs,
    Step,
    Subject,
    Visit,
)
from infra.naming import Tier
from stacks.catalog.answers import HEALTH_ROUTE, REFUSAL, SEARCH_RESULT, page_shape
from stacks.catalog.services import Service


@dataclass(frozen=True, kw_only=True, slots=True)
class Cadence:
    """How often an environment is probed and from where; the defaults are production's.

    A run costs money: docs/objectives.md has what these come to.
    """

    health_seconds: int = 120
    journey_seconds: int = 900
    visit_seconds: int = 3_600
    locations: tuple[str, ...] = ("aws:eu-central-1", "aws:us-east-2", "aws:ap-northeast-1")
    failing_locations: int = 2
    """Of three: one location alone may have trouble of its own."""


DAY = 86_400
CERTIFICATE_DAYS = 21
"""Certificates are renewed 30 days before they end: a week after that has failed, somebody is told."""
PATIENCE = FasterThan(milliseconds=5_000)
"""Slower is as good as not at all; how fast it should be is the objectives' business."""


def probes(services: tuple[Service, ...], urls: Mapping[str, str | None], cadence: Cadence) -> Iterator[ProbeSpec]:
    """Every probe of an environment; `urls` by endpoint, None where there is none to visit."""
    for service in services:
        url = urls.get(service.endpoint) if service.endpoint else None
        if not url:
            continue
        base = url.rstrip("/")
        if service.endpoint == "api":
            yield _health(service, base, cadence)
            yield _pagination(service, base, cadence)
            yield _search(service, base, cadence)
            yield _registration(service, base, cadence)
        else:
            yield _visit(service, base, cadence)
        if base.startswith("https://"):
            yield _certificate(service, base, cadence)


def _health(service: Service, url: str, cadence: Cadence) -> ProbeSpec:
    # The route answers 200 when the database is away: only the body tells.
    healthy = (
        StatusIs(code=200), JsonIs(path="$.status", value="healthy"),
        JsonIs(path="$.database.status", value="connected"), PATIENCE,
    )  # fmt: skip
    return _probe(
        service,
        name="health",
        says="is healthy",
        tier=Tier.CRITICAL,
        meaning="Seen from outside, the API does not answer, or says that it cannot reach its database.",
        subject=Single(request=Request(url=f"{url}{HEALTH_ROUTE}", assertions=healthy)),
        # A second run must have failed as well.
        schedule=_schedule(cadence, cadence.health_seconds, failing_seconds=cadence.health_seconds),
    )


def _pagination(service: Service, url: str, cadence: Cadence) -> ProbeSpec:
    size = 2
    route = f"{url}/api/v1/content/unified"

    def page(name: str, query: str, schema: Mapping[str, Any], takes: Mapping[str, str] | None = None) -> Step:
        assertions = (StatusIs(code=200), JsonShape(schema=schema), PATIENCE)
        return Step(name=name, request=Request(url=f"{route}?{query}", assertions=assertions), takes=takes or {})

    return _probe(
        service,
        name="pages",
        says="turns pages",
        tier=Tier.CRITICAL,
        meaning="Seen from outside, people cannot turn the pages of the gallery, by number or by cursor.",
        subject=Journey(
            steps=(
                page(
                    "First page",
                    f"page=1&page_size={size}",
                    page_shape(size, page=1, has_next=True, has_previous=False),
                    {"NEXT_CURSOR": "$.pagination.next_cursor"},
                ),
                page("Second page", f"page=2&page_size={size}", page_shape(size, page=2, has_previous=True)),
                page("From the cursor", f"page_size={size}&cursor={{{{ NEXT_CURSOR }}}}", page_shape(size)),
            )
        ),
        schedule=_schedule(cadence, cadence.journey_seconds),
    )


def _search(service: Service, url: str, cadence: Cadence) -> ProbeSpec:
    request = Request(
        url=f"{url}/api/v1/content/search",
        method="POST",
        json='{"search_term": "landscape", "public_only": true, "limit": 5}',
        writes_nothing="the route reads only; it is a POST because its filters are a body",
        assertions=(StatusIs(code=200), JsonShape(schema=SEARCH_RESULT), PATIENCE),
    )
    return _probe(
        service,
        name="searching",
        says="searches",
        tier=Tier.WARNING,
        meaning="Seen from outside, searching does not work.",
        subject=Single(request=request),
        schedule=_schedule(cadence, cadence.journey_seconds),
    )


def _registration(service: Service, url: str, cadence: Cadence) -> ProbeSpec:
    request = Request(
        url=f"{url}/api/v1/users/",
        method="POST",
        json="{}",
        writes_nothing="a body without name and address is refused before anything is done with it",
        assertions=(StatusIs(code=422), JsonShape(schema=REFUSAL), PATIENCE),
    )
    return _probe(
        service,
        name="registering",
        says="takes registrations",
        tier=Tier.WARNING,
        meaning="Seen from outside, the route on which people register is not there or does not check what it is sent.",
        subject=Single(request=request),
        schedule=_schedule(cadence, cadence.journey_seconds),
    )


def _certificate(service: Service, url: str, cadence: Cadence) -> ProbeSpec:
    parts = urlsplit(url)
    return _probe(
        service,
        name="certificate",
        says="has a certificate that holds",
        tier=Tier.WARNING,
        meaning="The TLS certificate ends soon, is not valid, or is not the one of this address.",
        subject=Certificate(host=parts.hostname or "", port=parts.port or 443, days_left=CERTIFICATE_DAYS),
        # The certificate is the same from everywhere.
        schedule=Schedule(
            every_seconds=DAY,
            locations=cadence.locations[:1],
            retries=2,
            retry_interval_milliseconds=1_000,
            failing_locations=1,
            failing_seconds=0,
        ),
    )


def _visit(service: Service, url: str, cadence: Cadence) -> ProbeSpec:
    selector = "[data-testid^=gallery-result-item-], [data-testid=gallery-grid-view] img"
    shown = f"return document.querySelectorAll('{selector}').length > 0;"
    steps = (
        BrowserStep(name="The application starts", action=BrowserAction.PAGE_CONTAINS, value="Genonaut"),
        BrowserStep(name="The gallery shows items", action=BrowserAction.SCRIPT_IS_TRUE, value=shown),
        BrowserStep(name="Open the second page", action=BrowserAction.GO_TO, value=f"{url}/gallery?p=2"),
        BrowserStep(name="It stays on that page", action=BrowserAction.URL_CONTAINS, value="p=2"),
        BrowserStep(name="It shows items, too", action=BrowserAction.SCRIPT_IS_TRUE, value=shown),
    )
    return _probe(
        service,
        name="visit",
        says="shows the gallery",
        tier=Tier.CRITICAL,
        meaning="In a real browser, the gallery does not show anything.",
        subject=Visit(url=f"{url}/gallery", steps=steps, devices=("chrome.laptop_large",)),
        schedule=_schedule(cadence, cadence.visit_seconds, locations=cadence.locations[:1]),
    )


def _schedule(
    cadence: Cadence, every_seconds: int, *, failing_seconds: int = 0, locations: tuple[str, ...] | None = None
) -> Schedule:
    chosen = locations or cadence.locations
    return Schedule(
        every_seconds=every_seconds,
        locations=chosen,
        retries=2,
        retry_interval_milliseconds=1_000,
        failing_locations=min(cadence.failing_locations, len(chosen)),
        failing_seconds=failing_seconds,
    )


def _probe(
    service: Service, *, name: str, says: str, tier: Tier, meaning: str, subject: Subject, schedule: Schedule
) -> ProbeSpec:
    return ProbeSpec(
        key=f"{service.key}-probe-{name}",
        title=f"[{service.name}] From outside: {says}",
        tier=tier,
        owner=service.owner,
        service=service.name,
        runbook=f"probe-{name}",
        meaning=meaning,
        subject=subject,
        schedule=schedule,
    )

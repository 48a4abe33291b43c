"""What a probe is, in our words: requests or steps in a browser, what must come back, how often and from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any, Literal

from components.monitors.spec import Urgency
from infra.naming import Team, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusIs:
    """The answer has this status."""

    code: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FasterThan:
    """The whole answer is there within this time."""

    milliseconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class JsonIs:
    """The value at a path of the JSON body is this one: `$.database.status`."""

    path: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JsonShape:
    """The JSON body is as this JSON schema (draft 7) says."""

    schema: Mapping[str, Any]


Assertion = StatusIs | FasterThan | JsonIs | JsonShape


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One HTTP request and what must come back."""

    url: str
    """May hold `{{ NAME }}` for a value taken from an earlier answer of the same journey."""
    assertions: tuple[Assertion, ...]
    method: Literal["GET", "POST"] = "GET"
    json: str | None = None
    """Body of a POST."""
    writes_nothing: str | None = None
    """Why a POST changes nothing where it is sent; probes never write."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One request of a journey."""

    name: str
    request: Request
    takes: Mapping[str, str] = field(default_factory=dict)
    """Values for later steps: name -> path of the JSON body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Single:
    """One request."""

    request: Request


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    """Several requests, each built on the answers before it."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """The TLS certificate of a host is valid, and will be for a while."""

    host: str
    port: int
    days_left: int


@unique
class BrowserAction(StrEnum):
    """What a step in a browser does; the API's words."""

    GO_TO = "goToUrl"
    """Opens the URL `value`."""
    URL_CONTAINS = "assertCurrentUrl"
    PAGE_CONTAINS = "assertPageContains"
    PAGE_LACKS = "assertPageLacks"
    SCRIPT_IS_TRUE = "assertFromJavascript"
    """The JavaScript function body `value` returns true."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BrowserStep:
    """One step in a browser."""

    name: str
    action: BrowserAction
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A visit with a real browser, which starts at a URL."""

    url: str
    steps: tuple[BrowserStep, ...]
    devices: tuple[str, ...]


Subject = Single | Journey | Certificate | Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """How often and from where, and what makes an alert of a failure."""

    every_seconds: int
    locations: tuple[str, ...]
    retries: int
    """Immediate attempts after a failed one, before a location counts as failed."""
    retry_interval_milliseconds: int
    failing_locations: int
    """Locations that must fail at the same time."""
    failing_seconds: int
    """How long they must have failed, from the last retry on, before somebody is told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbeSpec:
    """One probe; Datadog makes its alert from it."""

    key: str
    title: str
    tier: Tier
    owner: Team
    service: str
    runbook: str
    """File name in docs/runbooks, without `.md`."""
    meaning: str
    """What is going on when it fails."""
    subject: Subject
    schedule: Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class ProbesSpec:
    """All probes of a stack and what is said of all of them."""

    probes: tuple[ProbeSpec, ...]
    urgency: Mapping[Tier, Urgency]
    runbook_base_url: str

"""What is seen of people's browsers, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Literal

Event = Literal["session", "view", "action", "error", "resource", "long_task", "vital"]
"""Kinds of browser events."""


@unique
class Privacy(StrEnum):
    """What replays and the names of actions show of a page, in the browser SDK's words
    (https://docs.datadoghq.com/session_replay/browser/privacy_options/)."""

    ALLOW = "allow"
    """Everything that no element hides."""
    MASK_USER_INPUT = "mask-user-input"
    """Everything but what people type."""
    MASK = "mask"
    """No text at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sampling:
    """How much is sent and kept of what happens in browsers, in percent."""

    sessions: float
    """Of all sessions: those that send anything. Metrics are computed from these."""
    replays: float
    """Of the sessions that send: those that are recorded, too; 0 records none."""
    traces: float
    """Of the requests to the API: those whose trace begins in the browser, and is kept."""
    kept: float
    """Of the sessions that no other retention filter keeps."""
    privacy: Privacy


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationSpec:
    """One front end in one stack."""

    key: str
    service: str
    """The value of its `service` tag."""
    traced: tuple[str, ...]
    """Origins that get trace headers: our API's, and nobody else's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionFilter:
    """Events that keep the session they belong to."""

    key: str
    title: str
    event: Event
    search: str
    percent: float
    """Of the sessions with such an event, 0.1 to 100."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BrowserMetric:
    """How a metric of the contract is made from browser events; its type, unit and tags are the contract's."""

    key: str
    name: str
    event: Event
    search: str
    measure: str | None = None
    """The attribute whose values are distributed; None counts events."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    """Something that people come for."""

    key: str
    starts: str
    """The action or view that begins it."""
    ends: str
    """The action or view that completes it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RumSpec:
    """Everything about browsers in one stack."""

    stack: str
    environment: str
    site: str
    """Datadog's, such as datadoghq.com: browsers send there."""
    intake: str | None
    """The URL of a proxy of one's own that browsers send to instead; None for Datadog's own intake."""
    namespace: str
    """Where the front ends run, which read their configuration there."""
    sampling: Sampling
    applications: tuple[ApplicationSpec, ...]
    filters: tuple[RetentionFilter, ...]
    """Of every application."""
    metrics: tuple[BrowserMetric, ...]
    """Their names belong to the organisation: empty where another stack owns them."""
    journeys: tuple[Journey, ...]

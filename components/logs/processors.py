"""The processors of a pipeline that we use of Datadog's (https://docs.datadoghq.com/logs/log_configuration/processors/).

Attributes are named without `@`, as the API names them here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Grok:
    """Takes a text apart: the first rule that fits the whole of it gives the attributes."""

    rules: tuple[str, ...]
    """Each a name, a space and a pattern."""
    helpers: tuple[str, ...] = ()
    """Patterns that rules refer to by name, written alike."""
    source: str = "message"
    samples: tuple[str, ...] = ()
    """Lines that a rule must fit; Datadog shows up to five beside the rules."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """Gives an attribute the name of the first category whose query fits."""

    target: str
    categories: tuple[tuple[str, str], ...]
    """Name and query of each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The attribute that the line's status comes from."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Date:
    """The attribute that the line's time comes from."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """The attribute that the line's text comes from."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceId:
    """The attribute that holds the trace."""

    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Url:
    """Takes a URL apart into members of `target`."""

    source: str
    target: str


Processor = Grok | Category | Status | Date | Message | TraceId | Url

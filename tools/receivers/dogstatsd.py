"""The DogStatsD protocol, read strictly: what the real agent would drop is an error here.

The format: https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/ (protocol 1.0 to 1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contract.telemetry.model import MetricType

TYPES = {
    "c": MetricType.COUNT,
    "g": MetricType.GAUGE,
    "d": MetricType.DISTRIBUTION,
}
"""How Datadog stores a metric, by the letter of the protocol.

Histograms (`h`), timers (`ms`) and sets (`s`) are understood by agents, too, but the contract has none: an agent makes
other metrics of them, with percentiles of one host.
"""
AGENT_ONLY = frozenset({"h", "ms", "s"})
OWN = "datadog.dogstatsd.client."
"""Where names begin under which the client itself reports what it sent and dropped."""
LONGEST_NAME = 200
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_TAG = re.compile(r"[^\s,|#@]+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


class ProtocolError(ValueError):
    """A message that no agent would take as it was meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One metric message."""

    name: str
    values: tuple[float, ...]
    type: MetricType
    rate: float = 1.0
    """The share of events that was sent: a count of 1 at a rate of 0.5 stands for 2."""
    tags: tuple[tuple[str, str], ...] = ()
    """Keys and values, in order; a tag without a colon has an empty value."""
    container: str | None = None
    timestamp: int | None = None

    @property
    def total(self) -> float:
        """What a count adds up to."""
        return sum(self.values) / self.rate


def parse(datagram: bytes) -> Iterator[Sample]:
    """The metrics of a datagram. Raises ProtocolError at the first message that is wrong."""
    try:
        text = datagram.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(f"not UTF-8: {datagram!r}") from error
    for message in text.removesuffix("\n").split("\n"):
        yield _sample(message)


def _sample(message: str) -> Sample:
    head, *parts = message.split("|")
    name, *raw_values = head.split(":")
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ProtocolError(f"a name must begin with a letter, of letters, digits, _ and ., at most 200: {message!r}")
    if not raw_values or not all(_NUMBER.fullmatch(value) for value in raw_values):
        raise ProtocolError(f"values must be numbers: {message!r}")
    if not parts or parts[0] not in TYPES:
        known = "only an agent makes metrics of this type" if parts and parts[0] in AGENT_ONLY else "unknown type"
        raise ProtocolError(f"{known}: {message!r}")
    sections = _sections(parts[1:], message)
    rate = float(sections.get("@", "1"))
    if not 0 < rate <= 1:
        raise ProtocolError(f"a rate is above 0 and at most 1: {message!r}")
    if parts[0] == "g" and rate != 1:
        raise ProtocolError(f"a gauge has no rate: {message!r}")
    timestamp = sections.get("T")
    return Sample(
        name=name,
        values=tuple(map(float, raw_values)),
        type=TYPES[parts[0]],
        rate=rate,
        tags=tuple(_tags(sections.get("#", ""), message)),
        container=sections.get("c:"),
        timestamp=int(timestamp) if timestamp else None,
    )


_SECTIONS = {
    "@": _NUMBER,
    "#": re.compile(r".+"),
    "c:": re.compile(r"(ci|in)-\S+|[0-9a-f-]+"),
    "T": re.compile(r"\d+"),
    "e:": re.compile(r"\S+"),
    "card:": re.compile(r"none|low|orchestrator|high"),
}
"""By how they begin: what may follow."""


def _sections(parts: list[str], message: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        begin = next((begin for begin in _SECTIONS if part.startswith(begin)), None)
        if begin is None or begin in found or not _SECTIONS[begin].fullmatch(part.removeprefix(begin)):
            raise ProtocolError(f"wrong section {part!r}: {message!r}")
        found[begin] = part.removeprefix(begin)
    return found


def _tags(text: str, message: str) -> Iterator[tuple[str, str]]:
    for tag in text.split(",") if text else ():
        if not _TAG.fullmatch(tag):
            raise ProtocolError(f"wrong tag {tag!r}: {message!r}")
        key, _, value = tag.partition(":")
        yield key, value

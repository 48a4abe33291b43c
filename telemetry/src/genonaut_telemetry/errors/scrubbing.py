"""Takes secrets and personal data out of what is sent to Sentry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

REMOVED = "[removed]"

_PERSONAL = (
    "password|passwd|pwd|secret|token|api[_-]?key|apikey|auth|authorization|cookie|session|csrf|credential|private[_-]?key"
    "|dsn|signature|email|e[_-]?mail|phone|birth|address|first_?name|last_?name|full_?name|user_?name|credit|card|iban|ssn"
)
_NAME = re.compile(rf"(?:^|[_\-.\s]|(?<=[a-z])(?=[A-Z]))(?:{_PERSONAL})s?(?:$|[_\-.\s])", re.IGNORECASE)
_TEXTS = (
    # The parameters that SQLAlchemy shows with a statement, and the row that PostgreSQL shows with a constraint.
    (re.compile(r"\[parameters: .*\]", re.DOTALL), f"[parameters: {REMOVED}]"),
    (re.compile(r"(Key \([^)]*\)=)\(.*?\)(?= (?:already|is|conflicts))", re.DOTALL), rf"\1({REMOVED})"),
    (re.compile(r"(Failing row contains )\(.*\)", re.DOTALL), rf"\1({REMOVED})"),
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/\s@]+@", re.IGNORECASE), rf"\1{REMOVED}@"),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]+", re.IGNORECASE), rf"\1 {REMOVED}"),
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), REMOVED),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), REMOVED),
    # With at least four digits in a word of its own in each: card numbers.
    (re.compile(r"\b(?:\d[ -]?){13,19}\b"), REMOVED),
    (
        re.compile(
            rf"\b([\w-]*(?:{_PERSONAL})[\w-]*[\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s&,;)\"']+)", re.IGNORECASE
        ),
        rf"\1{REMOVED}",
    ),
)
_KEEP = frozenset({"contexts", "modules", "sdk", "release", "environment", "fingerprint", "event_id", "timestamp"})
"""What we or the SDK wrote ourselves."""
_REQUEST = ("data", "cookies", "query_string", "env")
_DEEPEST = 12
_LONGEST = 4096
"""Characters of a text that are looked at and sent: a pattern over a megabyte takes seconds."""


def scrub_event(event: dict[str, Any]) -> dict[str, Any]:
    """The event without secrets and personal data; a new one."""
    clean = {key: value if key in _KEEP else scrub(value) for key, value in event.items()}
    request = clean.get("request")
    if isinstance(request, dict):
        for key in _REQUEST:
            request.pop(key, None)
        if isinstance(request.get("url"), str):
            request["url"] = request["url"].partition("?")[0]
    user = event.get("user")
    if isinstance(user, Mapping):
        clean["user"] = {"id": user["id"]} if "id" in user else {}
    return clean


def scrub(value: Any, depth: int = 0) -> Any:
    """A value without secrets: under names of secrets all of it, elsewhere what looks like one."""
    if depth > _DEEPEST:
        return REMOVED
    if isinstance(value, str):
        return scrub_text(value)
    if isinstance(value, Mapping):
        return {
            key: REMOVED if isinstance(key, str) and inner and _NAME.search(key) else scrub(inner, depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [scrub(inner, depth + 1) for inner in value]
    return value


def scrub_text(text: str) -> str:
    """A text without what looks like a secret, an address or a person's data."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "..."
    for pattern, replacement in _TEXTS:
        text = pattern.sub(replacement, text)
    return text

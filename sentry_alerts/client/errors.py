"""What can go wrong, in words that say what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx

HINTS = {
    401: "the token is not accepted: is it whole, of this Sentry, and not revoked?",
    403: "the token may not do this: it needs org:read, alerts:write, project:read and project:write",
    404: "the organization, the project or the object is not there, or the token may not see it",
    409: "something is there already that this would collide with",
    410: "Sentry has removed this route",
    429: "Sentry's rate limit held longer than we waited",
}
LONGEST = 400
"""Characters shown of a body that is not JSON."""


class ApiError(Exception):
    """Sentry refused; the message says what, where and why."""

    def __init__(self, method: str, path: str, status: int, reason: str) -> None:
        self.status = status
        hint = f" ({HINTS[status]})" if status in HINTS else ""
        super().__init__(f"Sentry answered {status} to {method} {path}: {reason}{hint}")


class NotFoundError(ApiError):
    """There is no such object."""


class NoAnswerError(Exception):
    """The answer never came, or was an error of the server's own: whether the work was done cannot be told."""


def refused(response: httpx.Response) -> ApiError:
    """The error an answer stands for."""
    request = response.request
    kind = NotFoundError if response.status_code == httpx.codes.NOT_FOUND else ApiError
    return kind(request.method, request.url.path, response.status_code, reason_of(response))


def reason_of(response: httpx.Response) -> str:
    """Everything the body of an answer says, on one line."""
    try:
        content = json.loads(response.text)
    except ValueError:
        return " ".join(response.text.split())[:LONGEST] or response.reason_phrase
    return "; ".join(_said("", content)) or response.reason_phrase


def _said(path: str, value: Any) -> Iterator[str]:
    """Sentry writes `{"detail": ...}`, or the problems of each field, nested as the request was."""
    if isinstance(value, dict):
        for name, inner in value.items():
            plain = name in {"detail", "message", "non_field_errors", "nonFieldErrors"}
            yield from _said(path if plain else f"{path}.{name}".lstrip("."), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _said(f"{path}[{index}]" if isinstance(inner, dict | list) else path, inner)
    elif value not in (None, ""):
        yield f"{path}: {value}" if path else str(value)

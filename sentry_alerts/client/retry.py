"""How often and how long to try again."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

SERVER_ERROR = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Retry:
    """Waits grow by two from `first` seconds up to `longest`, each shortened by up to a half at random."""

    attempts: int = 6
    first: float = 0.5
    longest: float = 30.0
    longest_asked: float = 120.0
    """Seconds a server may ask us to wait; beyond that it is an error."""

    def pause(self, attempt: int) -> float:
        """Seconds to wait after this attempt, counted from 0."""
        return min(self.longest, self.first * 2.0**attempt) * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)

    def asked(self, response: httpx.Response) -> float | None:
        """Seconds the server asks us to wait, by `Retry-After` or by Sentry's own header; None when it does not say."""
        text = response.headers.get("Retry-After", "")
        if text:
            return max(0.0, _seconds(text))
        reset = response.headers.get("X-Sentry-Rate-Limit-Reset", "")
        if reset.isdigit():
            return max(0.0, float(reset) - time.time())
        return None


def _seconds(text: str) -> float:
    """A number of seconds, or a date (RFC 9110, 10.2.3); 0 where it is neither."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return ((then if then.tzinfo else then.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds()

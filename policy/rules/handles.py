"""Handles in texts that Datadog sends: `@slack-alerts`, `@pagerduty-genonaut`, `@somebody@example.com`."""

from __future__ import annotations

import re

_HANDLE = re.compile(r"(?<![\w.+-])@([\w.+*-]*[\w*-](?:@[\w-]+(?:\.[\w-]+)+)?)")


def handles(text: object) -> list[str]:
    """The handles in a text without their leading @, sorted; none in what is no text."""
    return sorted(set(_HANDLE.findall(text))) if isinstance(text, str) else []

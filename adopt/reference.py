"""How people name what they want to bring in: addresses of pages, or ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlsplit

from infra.settings.vendors import DatadogSite
from tools.recover.found import DASHBOARD, MONITOR

MONITOR_ID = r"\d+"
DASHBOARD_ID = r"[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}"
FORMS = "https://app.datadoghq.com/monitors/1234567, https://app.datadoghq.com/dashboard/abc-def-ghi/..., monitor:1234567, dashboard:abc-def-ghi"  # noqa: E501
_PAGES = (
    (MONITOR, re.compile(rf"/monitors(?:/|#)({MONITOR_ID})(?:[/?#].*)?")),
    (DASHBOARD, re.compile(rf"/dashboard/({DASHBOARD_ID})(?:[/?#].*)?")),
)
_PLAIN = (
    (MONITOR, re.compile(rf"(?:monitor:)?({MONITOR_ID})")),
    (DASHBOARD, re.compile(rf"(?:dashboard:)?({DASHBOARD_ID})")),
)


class UnknownReferenceError(Exception):
    """Something names no monitor or dashboard of this site; the message says what would."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """One object at Datadog."""

    type: str
    """Pulumi's type token."""
    id: str

    def __str__(self) -> str:
        return f"{'monitor' if self.type == MONITOR else 'dashboard'}:{self.id}"


def parse(text: str, site: str) -> Reference:
    """The object that an address or id names. Raises UnknownReferenceError.

    `site` is Datadog's site of the settings, such as `datadoghq.eu`: addresses of others are refused.
    """
    url = urlsplit(text)
    if url.scheme in {"http", "https"}:
        host = url.hostname or ""
        # A site with a region in its name is one of its own, not somebody's subdomain.
        sites = [one for one in get_args(DatadogSite) if host == one or host.endswith(f".{one}")]
        if max(sites, key=len, default="") != site:
            raise UnknownReferenceError(f"{text}: {host} is not the Datadog site of this stack ({site})")
        path = text.split(url.netloc, 1)[1]
        found = [Reference(token, match[1]) for token, form in _PAGES if (match := form.fullmatch(path))]
    else:
        found = [Reference(token, match[1]) for token, form in _PLAIN if (match := form.fullmatch(text))]
    if not found:
        raise UnknownReferenceError(f"{text}: names no monitor or dashboard; write for instance {FORMS}")
    return found[0]

"""Settings that every Sentry project has, and that `pulumiverse-sentry` does not reach."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator

from sentry_alerts.model.base import Inputs, Organization, ProjectSlug

_OWNER_RULE = re.compile(r"(path|module|url|codeowners|tags\.[\w.-]+):\S+( (#[a-z0-9_-]+|[^\s@]+@[^\s@]+))+")
_FINGERPRINT = re.compile(r"\S+.*->.*\S+")
_ENHANCEMENT = re.compile(r"\S+:\S+.*\s([\^v]?[+-](app|group)|max-frames=\d+|min-frames=\d+|invert-stacktrace=[01])")
LegacyBrowser = Literal[
    "ie", "edge", "safari", "firefox", "chrome", "opera", "android", "opera_mini",
]  # fmt: skip


class OfProject(Inputs):
    """Which project it is about."""

    organization: Organization
    project: ProjectSlug
    """The project's slug."""


class ProjectSettingsInputs(OfProject):
    """The inputs of a `ProjectSettings`. What is left out is left as it is."""

    fingerprinting_rules: str | None = None
    """Which errors are one issue: a line `matcher:pattern -> fingerprint` each."""
    grouping_enhancements: str | None = None
    """Which frames count when grouping: a line `matcher:pattern action` each."""
    resolve_age: Annotated[int, Field(ge=0)] | None = None
    """Hours without an event after which an issue is resolved by itself; 0 for never."""
    default_environment: str | None = None
    """The environment that the project's pages show first."""
    data_scrubber: bool | None = None
    data_scrubber_defaults: bool | None = None
    """Whether Sentry's own list of sensitive names is scrubbed as well."""
    scrub_ip_addresses: bool | None = None
    sensitive_fields: list[str] | None = None
    safe_fields: list[str] | None = None
    allowed_domains: list[str] | None = None
    scrape_javascript: bool | None = None
    highlight_tags: list[str] | None = None

    @field_validator("fingerprinting_rules")
    @classmethod
    def _fingerprints(cls, text: str | None) -> str | None:
        return _each_line(text, _FINGERPRINT, "error.type:SomeError -> some-error")

    @field_validator("grouping_enhancements")
    @classmethod
    def _enhancements(cls, text: str | None) -> str | None:
        return _each_line(text, _ENHANCEMENT, "stack.module:vendor.* -app")


class ProjectOwnershipInputs(OfProject):
    """The inputs of a `ProjectOwnership`."""

    raw: str
    """A line `path:PATTERN #team someone@example.com` each; also `module:`, `url:` and `tags.NAME:`."""
    fallthrough: bool = False
    """Whether everybody owns what no rule matches."""
    auto_assignment: Literal[
        "Auto Assign to Issue Owner", "Auto Assign to Suspect Commits", "Turn off Auto-Assignment"
    ] = "Auto Assign to Issue Owner"
    codeowners_auto_sync: bool = True

    @field_validator("raw")
    @classmethod
    def _rules(cls, text: str) -> str:
        _each_line(text, _OWNER_RULE, "path:genonaut/api/* #team")
        return text


class InboundFiltersInputs(OfProject):
    """The inputs of an `InboundFilters`. What is left out is left as it is."""

    browser_extensions: bool | None = None
    localhost: bool | None = None
    health_checks: bool | None = None
    """Transactions of health checks and pings."""
    web_crawlers: bool | None = None
    legacy_browsers: list[LegacyBrowser] | None = None
    error_messages: list[str] | None = None
    """Patterns with `*`."""
    releases: list[str] | None = None


class SpikeProtectionInputs(OfProject):
    """The inputs of a `SpikeProtection`."""

    enabled: bool = True


def _each_line(text: str | None, pattern: re.Pattern[str], example: str) -> str | None:
    for number, line in enumerate((text or "").splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#") and not pattern.fullmatch(stripped):
            raise ValueError(f"line {number} is no rule such as {example!r}: {stripped!r}")
    return text

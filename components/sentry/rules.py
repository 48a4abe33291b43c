"""From our words to the arguments of a project's settings."""

from __future__ import annotations

from typing import Any

from components.sentry.spec import SentryProjectSpec, SentrySpec
from infra.naming import Mark


def compile_settings(project: SentryProjectSpec, spec: SentrySpec) -> dict[str, Any]:
    """The arguments of `sentry_alerts.sdk.ProjectSettings`, but for its project."""
    rules = project.rules
    return {
        "organization": spec.organization,
        "fingerprinting_rules": "\n".join(rules.fingerprints),
        "grouping_enhancements": "\n".join(rules.grouping),
        "resolve_age": rules.resolve_after_hours,
        "default_environment": spec.environment.value,
        "data_scrubber": True,
        "data_scrubber_defaults": True,
        "scrub_ip_addresses": True,
        "sensitive_fields": list(rules.sensitive_fields),
    }


def compile_ownership(project: SentryProjectSpec, spec: SentrySpec) -> dict[str, Any]:
    """The arguments of `sentry_alerts.sdk.ProjectOwnership`, but for its project."""
    team = f"#{Mark(spec.stack).slug('genonaut')}"
    return {
        "organization": spec.organization,
        "raw": "\n".join(f"{pattern} {team}" for pattern in project.rules.owned),
        "fallthrough": False,
    }


def compile_filters(project: SentryProjectSpec, spec: SentrySpec) -> dict[str, Any]:
    """The arguments of `sentry_alerts.sdk.InboundFilters`, but for its project."""
    return {
        "organization": spec.organization,
        "browser_extensions": project.in_browsers,
        "web_crawlers": True,
        "localhost": True,
        "health_checks": True,
        "error_messages": list(project.rules.dropped_errors),
    }

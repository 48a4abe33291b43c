"""Settings of a project. They are changed, never made: deleting the resource leaves the setting as it is."""

from __future__ import annotations

import pulumi

from sentry_alerts import PACKAGE
from sentry_alerts.sdk.base import MaybeBool, MaybeInt, MaybeText, SentryResource, Text, Texts


class ProjectSettings(SentryResource):
    """Grouping, scrubbing and more; what is left out is left as it is. Import by `ORGANIZATION/PROJECT`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        fingerprinting_rules: MaybeText = None,
        grouping_enhancements: MaybeText = None,
        resolve_age: MaybeInt = None,
        default_environment: MaybeText = None,
        data_scrubber: MaybeBool = None,
        data_scrubber_defaults: MaybeBool = None,
        scrub_ip_addresses: MaybeBool = None,
        sensitive_fields: Texts | None = None,
        safe_fields: Texts | None = None,
        allowed_domains: Texts | None = None,
        scrape_javascript: MaybeBool = None,
        highlight_tags: Texts | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`project` is the project's slug; `resolve_age` is in hours."""
        inputs = {
            "organization": organization,
            "project": project,
            "fingerprintingRules": fingerprinting_rules,
            "groupingEnhancements": grouping_enhancements,
            "resolveAge": resolve_age,
            "defaultEnvironment": default_environment,
            "dataScrubber": data_scrubber,
            "dataScrubberDefaults": data_scrubber_defaults,
            "scrubIpAddresses": scrub_ip_addresses,
            "sensitiveFields": sensitive_fields,
            "safeFields": safe_fields,
            "allowedDomains": allowed_domains,
            "scrapeJavascript": scrape_javascript,
            "highlightTags": highlight_tags,
        }
        super().__init__(f"{PACKAGE}:index:ProjectSettings", resource_name, inputs, opts)


class ProjectOwnership(SentryResource):
    """Who owns which issues. Import by `ORGANIZATION/PROJECT`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        raw: Text,
        fallthrough: MaybeBool = None,
        auto_assignment: MaybeText = None,
        codeowners_auto_sync: MaybeBool = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`raw` holds a line such as `path:genonaut/api/* #team` each."""
        inputs = {
            "organization": organization,
            "project": project,
            "raw": raw,
            "fallthrough": fallthrough,
            "autoAssignment": auto_assignment,
            "codeownersAutoSync": codeowners_auto_sync,
        }
        super().__init__(f"{PACKAGE}:index:ProjectOwnership", resource_name, inputs, opts)


class InboundFilters(SentryResource):
    """What is dropped before it counts; what is left out is left as it is. Import by `ORGANIZATION/PROJECT`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        browser_extensions: MaybeBool = None,
        localhost: MaybeBool = None,
        health_checks: MaybeBool = None,
        web_crawlers: MaybeBool = None,
        legacy_browsers: Texts | None = None,
        error_messages: Texts | None = None,
        releases: Texts | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`error_messages` and `releases` are patterns with `*`."""
        inputs = {
            "organization": organization,
            "project": project,
            "browserExtensions": browser_extensions,
            "localhost": localhost,
            "healthChecks": health_checks,
            "webCrawlers": web_crawlers,
            "legacyBrowsers": legacy_browsers,
            "errorMessages": error_messages,
            "releases": releases,
        }
        super().__init__(f"{PACKAGE}:index:InboundFilters", resource_name, inputs, opts)


class SpikeProtection(SentryResource):
    """Whether sudden floods of events are cut off. Import by `ORGANIZATION/PROJECT`."""

    def __init__(
        self,
        resource_name: str,
        *,
        organization: Text,
        project: Text,
        enabled: MaybeBool = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """On, when `enabled` is left out."""
        inputs = {"organization": organization, "project": project, "enabled": enabled}
        super().__init__(f"{PACKAGE}:index:SpikeProtection", resource_name, inputs, opts)

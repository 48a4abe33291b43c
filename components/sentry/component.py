"""Sentry's team, projects and keys as resources."""

from __future__ import annotations

import pulumi
import pulumiverse_sentry as sentry

from components.sentry.compile import compile_key, compile_project, compile_team
from components.sentry.spec import SentrySpec


class ErrorTracking(pulumi.ComponentResource):
    """One team, and for each service a project with a key."""

    dsns: pulumi.Output[dict[str, str]]
    """Public DSNs by logical name of the project: where a service sends its errors."""

    def __init__(self, name: str, spec: SentrySpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:sentry:ErrorTracking", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        team = sentry.SentryTeam("sentry-team", opts=child, **compile_team(spec))
        dsns = {}
        for item in spec.projects:
            project = sentry.SentryProject(item.key, opts=child, teams=[team.slug], **compile_project(item, spec))
            key = sentry.SentryKey(f"{item.key}-key", opts=child, project=project.slug, **compile_key(item, spec))
            dsns[item.key] = key.dsn_public
        self.dsns = pulumi.Output.all(**dsns)
        self.register_outputs({"dsns": self.dsns})

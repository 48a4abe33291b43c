"""Where Genonaut's web application runs, and where browsers send to."""

from __future__ import annotations

from pydantic import Field

from infra.settings.section import Section, Slug, Url


class WebSettings(Section):
    """What browsers are told, and where their web server reads it."""

    namespace: Slug | None = Field(
        default=None, description="the namespace the web application runs in; left out, workloads.namespace"
    )
    intake_url: Url | None = Field(
        default=None,
        description="the https:// URL of a proxy of your own that forwards to Datadog; left out, browsers send there",
    )

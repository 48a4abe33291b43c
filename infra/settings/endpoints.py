"""Where people reach Genonaut."""

from __future__ import annotations

from pydantic import Field

from infra.settings.section import Section, Url


class EndpointSettings(Section):
    """Public addresses, which probes visit from outside. What is left out is not probed."""

    api: Url | None = Field(default=None, description="the API's URL without /api/v1, such as https://api.example.com")
    web: Url | None = Field(default=None, description="the URL of the web application, such as https://example.com")

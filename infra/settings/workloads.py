"""Where Genonaut itself runs."""

from __future__ import annotations

from pydantic import Field

from infra.settings.section import Section, Slug


class WorkloadsSettings(Section):
    """The cluster's part that our services live in."""

    namespace: Slug = Field(default="default", description="the namespace of the API and the workers")

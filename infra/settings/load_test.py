"""Where load is put on, and from which image."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from infra.settings.section import Section, Url

Repository = Annotated[str, StringConstraints(pattern=r"^[^\s@]+/[^\s@]+$")]


class LoadTestSettings(Section):
    """The load test of an environment; without a repository there is none."""

    repository: Repository | None = Field(
        default=None, description="where the image is pushed, without a tag, such as ghcr.io/genonaut/load-test"
    )
    target: Url | None = Field(
        default=None, description="the URL of the system under load, such as http://genonaut-api.default.svc:8001"
    )
    in_production: bool = Field(default=False, description="true or false: whether production is put under load, too")

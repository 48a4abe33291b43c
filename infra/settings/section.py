"""The base of every section of the settings, and the kinds of text that settings hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints
from pydantic.alias_generators import to_camel

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,48}[a-z0-9]$")]
Word = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S+$")]
Secret = Annotated[SecretStr, Field(min_length=1)]


class Section(BaseModel):
    """Frozen, and without room for unknown keys; keys are written in camel case."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True)

"""What all inputs share: strict models, and their problems in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine sends at preview for a value that is not known yet (`UnknownStringValue` of its Go SDK)."""

Organization = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""An organization's slug."""
Id = Annotated[str, StringConstraints(pattern=r"^\d+$")]
"""Sentry's own number of an object, as text."""
ProjectSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,100}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Positive = Annotated[int, Field(gt=0)]


class Inputs(BaseModel):
    """Strict, without room for unknown names; names are written in camel case."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel, validate_by_name=True, frozen=True)
    server_fills: ClassVar[frozenset[str]] = frozenset()
    """Inputs that the server gives a value of its own when they are left out."""


class InputProblem(NamedTuple):
    """One thing that is wrong with the inputs of a resource."""

    path: str
    """Where, as Pulumi writes it: `actionFilters[0].conditions`; empty for the whole."""
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def problems(model: type[Inputs], values: Mapping[str, Any]) -> list[InputProblem]:
    """Everything that is wrong with these values. What is not known yet is taken as right."""
    try:
        model.model_validate(dict(values))
    except ValidationError as invalid:
        return [
            InputProblem(_path(error["loc"]), _reason(error["type"], error["msg"]))
            for error in invalid.errors()
            if error["input"] != UNKNOWN
        ]
    return []


def with_defaults(model: type[Inputs], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without nulls, and with the defaults of what was left out, so that drift from them is seen."""
    given = {name: value for name, value in values.items() if value is not None}
    for field in model.model_fields.values():
        if not field.is_required() and field.alias and field.alias not in given:
            default = field.get_default(call_default_factory=True)
            if default is not None:
                given[field.alias] = default
    return given


def body(value: BaseModel) -> dict[str, Any]:
    """A model in the API's words, without what is null."""
    dumped: dict[str, Any] = value.model_dump(by_alias=True, exclude_none=True, mode="json")
    return dumped


def as_given(model: type[Inputs], read: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that were read, as a program that gave the known ones would have written them.

    With nothing known (an import) they are read whole.
    """
    return {
        name: _shaped_as(value, known[name]) if name in known else value
        for name, value in read.items()
        if name in known or not known or name not in model.server_fills
    }


def _shaped_as(read: Any, known: Any) -> Any:
    """Without the members of nested objects that the program never gave: the server fills in its own."""
    if isinstance(read, Mapping) and isinstance(known, Mapping):
        return {name: _shaped_as(value, known[name]) for name, value in read.items() if name in known}
    if isinstance(read, list) and isinstance(known, list) and len(read) == len(known):
        return [_shaped_as(one, other) for one, other in zip(read, known, strict=True)]
    return read


def _path(loc: tuple[int | str, ...]) -> str:
    path = ""
    for part in loc:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _reason(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "is not known here"
    if kind == "missing":
        return "is missing"
    return message.removeprefix("Value error, ")

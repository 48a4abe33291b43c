"""From the engine's configuration to settings, or to every problem in it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Mapping
from typing import Any, get_args

import pulumi
from pulumi.runtime.config import get_config_env, get_config_secret_keys_env
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from infra.naming import PROJECT
from infra.problems import Problem, ProblemsError
from infra.settings.section import Section
from infra.settings.settings import SECRETS, Settings


def read() -> Settings:
    """The settings of the stack that is running. Raises ProblemsError with every problem found."""
    prefix = f"{pulumi.get_project()}:"
    own = {key.removeprefix(prefix): value for key, value in get_config_env().items() if key.startswith(prefix)}
    secret = {key.removeprefix(prefix) for key in get_config_secret_keys_env()}
    return load(own, secret, source=f"Pulumi.{pulumi.get_stack()}.yaml")


def load(values: Mapping[str, str], secret_keys: Collection[str], source: str) -> Settings:
    """Settings from configuration as the engine hands it over: scalars as text, lists and mappings as JSON text.

    `secret_keys` are the keys stored encrypted. Raises ProblemsError with every problem found.
    """
    given = {key: _decode(key, value) for key, value in values.items() if value not in {"", "{}"}}
    problems = [
        Problem(
            key, "is a secret but stands in plain text", f"pulumi config set --secret {key}, and revoke the old value"
        )
        for key in SECRETS
        if key in given and key not in secret_keys
    ]
    try:
        settings = Settings.model_validate({**_empty_sections(), **given})
    except ValidationError as invalid:
        problems += [_explain(error) for error in _own(invalid.errors())]
    if problems:
        raise ProblemsError(source, (Problem(f"{PROJECT}:{p.where}", p.what, p.hint) for p in problems))
    return settings


def _decode(key: str, value: str) -> Any:
    annotation = next((f.annotation for f in Settings.model_fields.values() if f.alias == key), None)
    if isinstance(annotation, type) and issubclass(annotation, Section):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _empty_sections() -> dict[str, Any]:
    # A section left out is validated as an empty one, so that each of its required keys is named.
    return {
        str(field.alias): {}
        for field in Settings.model_fields.values()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
    }


def _own(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    # A list whose only item is wrong is also reported as too short; the item's own error says it better.
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(other["loc"][: len(error["loc"])] == error["loc"] and other is not error for other in errors)
    ]


def _explain(error: ErrorDetails) -> Problem:
    path = ".".join(str(part) for part in error["loc"])
    if error["type"] == "value_error":
        where, what, hint = str(error["ctx"]["error"]).split("|")
        return Problem(where, what, hint)
    if error["type"] == "extra_forbidden":
        return Problem(path, "is not a setting", _did_you_mean(error["loc"]))
    hint = _description(error["loc"])
    if error["type"] in {"missing", "too_short", "string_too_short"}:
        return Problem(path, "is missing or empty", hint)
    if str(error["loc"][0]) in SECRETS:
        return Problem(path, "cannot be used", hint)
    value = error["input"]
    if isinstance(value, str) and value.startswith("@"):
        hint = "write it without the leading @"
    return Problem(path, f"{json.dumps(value, default=str)[:80]} cannot be used", hint)


def _model_at(loc: tuple[int | str, ...]) -> type[BaseModel]:
    model: type[BaseModel] = Settings
    for part in loc:
        if isinstance(part, int):  # an item of the list that was stepped into before
            continue
        found = next((f.annotation for f in model.model_fields.values() if f.alias == part), None)
        found = next(iter(get_args(found)), found)
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            break
        model = found
    return model


def _description(loc: tuple[int | str, ...]) -> str:
    fields = {f.alias: f.description or "" for f in _model_at(loc).model_fields.values()}
    names = [str(part) for part in loc if str(part) in fields]
    return fields[names[-1]] if names else "a mapping of settings"


def _did_you_mean(loc: tuple[int | str, ...]) -> str:
    known = sorted(str(f.alias) for f in _model_at(loc[:-1]).model_fields.values())
    close = difflib.get_close_matches(str(loc[-1]), known, n=1)
    return f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"

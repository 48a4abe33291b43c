"""What the engine says it would do: the answer of `pulumi preview --json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from infra.naming import PROJECT

MAKES = "`pulumi preview --json > FILE` makes one"
STACK_TYPE = "pulumi:pulumi:Stack"


class PreviewError(Exception):
    """The file holds no preview of this stack; the message says what it is instead, and what would be right."""


class _Part(BaseModel):
    # The engine adds keys from release to release.
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True)


class State(_Part):
    """One resource as it is, or as it would be. The engine has put `[secret]` in place of secrets."""

    type: str
    custom: bool = False
    inputs: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    protect: bool = False
    retain_on_delete: bool = False


class Step(_Part):
    """What would be done to one resource."""

    op: str
    urn: str
    old_state: State | None = None
    new_state: State | None = None
    diff_reasons: tuple[str, ...] | None = None
    replace_reasons: tuple[str, ...] | None = None


class Diagnostic(_Part):
    """Something the program or the engine had to say."""

    message: str
    severity: str = "info"


class Preview(_Part):
    """Everything the engine would do. Resources that stay as they are may be missing."""

    steps: tuple[Step, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    change_summary: dict[str, int] = Field(default_factory=dict)

    @property
    def errors(self) -> tuple[str, ...]:
        """What went wrong; empty where the preview is whole."""
        return tuple(one.message for one in self.diagnostics if one.severity == "error")

    @property
    def outputs(self) -> dict[str, Any]:
        """The stack's outputs as they are now; empty before the first `up`."""
        stacks = (one.old_state for one in self.steps if one.old_state and one.old_state.type == STACK_TYPE)
        return next((state.outputs for state in stacks), {})


def read(file: Path, stack: str) -> Preview:
    """The preview in this file. Raises PreviewError when it cannot be read, or is of something else."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise PreviewError(f"{file} cannot be read: {reason}. {MAKES}") from None
    return parse(text, stack, str(file))


def parse(text: str, stack: str, source: str) -> Preview:
    """The preview in this text. Raises PreviewError when it is none, or of something else."""
    if not text.strip():
        raise PreviewError(f"{source} is empty: the preview did not run, or wrote elsewhere. {MAKES}")
    try:
        preview = Preview.model_validate_json(text)
    except ValidationError as error:
        raise PreviewError(f"{source} is no preview: {_reason(error)}. {MAKES}") from None
    # The engine leaves out what is empty; something of these is in every preview.
    if not preview.model_fields_set & {"steps", "diagnostics", "change_summary"}:
        raise PreviewError(f"{source} is no preview: JSON of another kind, without steps. {MAKES}")
    for step in preview.steps:
        found = step.urn.removeprefix("urn:pulumi:").split("::")[:2]
        if found != [stack, PROJECT]:
            raise PreviewError(f"{source} is of {'/'.join(reversed(found))}, not of {PROJECT}/{stack}")
    return preview


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"it is not JSON, or ends too early ({first['ctx']['error']})"
    where = ".".join(map(str, first["loc"]))
    return f"{where}: {first['msg']}" if where else "JSON of another kind, no object"

"""From the engine's steps to changes of objects: what kind, of which area, which values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from reports.comment.preview import Preview, PreviewError, State, Step

SECRET = "[secret]"  # noqa: S105 (what the engine writes in place of one)
_SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key by which the engine marks values that are special, such as encrypted ones
(https://www.pulumi.com/docs/iac/concepts/secrets/)."""
_CONFIDENTIAL = re.compile(
    r"secret|token|passw|passphrase|api_?-?key|app_?-?key|credential|kubeconfig|dsn", re.IGNORECASE
)
"""Names of properties whose values are not shown, even where the engine was not told that they are secret."""
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine writes in place of a text that is not known before the run (sdk/go/common/resource/plugin/rpc.go)."""


@unique
class Kind(StrEnum):
    """What becomes of an object."""

    CREATED = "created"
    CHANGED = "changed"
    REPLACED = "replaced"
    DELETED = "deleted"
    ADOPTED = "adopted"
    """It exists in the cloud, and belongs to the stack from now on."""


_KINDS: Mapping[str, Kind] = {
    "create": Kind.CREATED,
    "update": Kind.CHANGED,
    "replace": Kind.REPLACED,
    "delete": Kind.DELETED,
    "import": Kind.ADOPTED,
    "import-replacement": Kind.REPLACED,
}
_NO_CHANGES = frozenset(
    "same read read-replacement read-discard discard-replaced create-replacement delete-replaced "
    "remove-pending-replace refresh discard".split()
)
"""Parts of a replacement, which its own step stands for, and steps that touch nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One value that changes."""

    path: str
    old: Any
    new: Any
    """None where it is not there."""
    secret: bool = False
    elsewhere: bool = False
    """Not between the programs: the cloud has something else than the state says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of one object."""

    kind: Kind
    name: str
    """Logical name."""
    type: str
    old: State | None
    new: State | None
    differences: tuple[Difference, ...] = ()
    because: tuple[str, ...] = ()
    """Of a replacement: the properties that no object lets change."""
    unprotects: bool = False
    """Whether it may be deleted from now on, and might not before."""

    @property
    def before(self) -> Mapping[str, Any]:
        """What is sent to the vendor now."""
        return self.old.inputs if self.old else {}

    @property
    def after(self) -> Mapping[str, Any]:
        """What would be sent."""
        return self.new.inputs if self.new else {}

    @property
    def uncertain(self) -> bool:
        """Whether it is replaced only in case a value that is not known yet turns out to ask for it."""
        return any(UNKNOWN in json.dumps(self.after.get(path.partition(".")[0])) for path in self.because)

    @property
    def protected(self) -> bool:
        """Whether the engine refuses to delete it."""
        return bool(self.old and self.old.protect)


def changes_of(preview: Preview) -> tuple[Change, ...]:
    """All changes by type and name. Raises PreviewError for a step that means nothing here.

    The engine's own order differs from run to run: what does not wait for another is begun at once.
    """
    found = [change for step in preview.steps if (change := _change(step))]
    return tuple(sorted(found, key=lambda one: (one.type, one.name)))


def differences(old: Any, new: Any, path: str = "") -> Iterator[Difference]:
    """Every value that differs, deepest first by path."""
    if old == new:
        return
    if _is_secret(old) or _is_secret(new) or _CONFIDENTIAL.search(path.rpartition(".")[2]):
        yield Difference(path=path, old=None, new=None, secret=True)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        named = any(_CONFIDENTIAL.search(str(one.get("name", ""))) for one in (old, new))
        for key in sorted({*old, *new}):
            if named and key == "value" and old.get(key) != new.get(key):
                # An environment variable: its name says what its value is.
                yield Difference(path=f"{path}.{key}", old=None, new=None, secret=True)
                continue
            yield from differences(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from differences(before, after, f"{path}[{number}]")
    elif (inside := _json(old)) is not None and (then := _json(new)) is not None and inside != then:
        yield from differences(inside, then, path)
    else:
        yield Difference(path=path, old=old, new=new, secret=_holds_secret(old) or _holds_secret(new))


def _json(value: Any) -> Any:
    """What a text of JSON holds; None where it is none."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None


def _change(step: Step) -> Change | None:
    state = step.new_state or step.old_state
    unprotects = bool(step.old_state and step.new_state and step.old_state.protect and not step.new_state.protect)
    kind = Kind.CHANGED if step.op == "same" and unprotects else _KINDS.get(step.op)
    if kind is None and step.op not in _NO_CHANGES:
        raise PreviewError(
            f"the preview holds a step `{step.op}`, which is not known here (reports/comment/changes.py)"
        )
    # What is no custom resource is in no cloud: our components, and the stack.
    if kind is None or state is None or not state.custom:
        return None
    found: tuple[Difference, ...] = ()
    if step.old_state and step.new_state:
        found = tuple(differences(step.old_state.inputs, step.new_state.inputs))
        found = found or tuple(_unseen(path, step.new_state) for path in step.diff_reasons or ())
    return Change(
        kind=kind,
        name=step.urn.rpartition("::")[2],
        type=state.type,
        old=step.old_state,
        new=step.new_state,
        differences=found,
        because=tuple(_without_keys(one) for one in step.replace_reasons or ()),
        unprotects=unprotects,
    )


def _unseen(path: str, new: State) -> Difference:
    """What the engine names while both programs say the same: both say `[secret]`, or the cloud differs."""
    secret = _holds_secret(new.inputs.get(re.split(r"[.\[]", path, maxsplit=1)[0]))
    return Difference(path=path, old=None, new=None, secret=secret, elsewhere=not secret)


def _without_keys(path: str) -> str:
    return re.sub(r'\["([^"]*)"\]', r".\1", path)


def _is_secret(value: Any) -> bool:
    return value == SECRET or (isinstance(value, Mapping) and _SIGNATURE in value)


def _holds_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return _is_secret(value) or any(
            _holds_secret(one) or _CONFIDENTIAL.search(str(key)) for key, one in value.items()
        )
    return any(map(_holds_secret, value)) if isinstance(value, list) else _is_secret(value)

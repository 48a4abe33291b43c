"""Pulumi property values between protobuf structs and plain Python, with `Secret` and `UNKNOWN` in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine sends at preview for a value that is not known yet (`UnknownStringValue` of its Go SDK).

It stays this plain string: a text made with it contains it, and so is unknown too."""

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 -- the protocol's mark of a secret, not a secret
ASSETS = ("c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7")
"""Signatures of an asset and of an archive: passed through as they are."""


@dataclass(frozen=True)
class Secret:
    """A value nobody may read. Equal to another secret when the values are equal."""

    value: Any

    def __repr__(self) -> str:
        return "[secret]"


def decode(message: Struct) -> dict[str, Any]:
    """A struct as a dictionary. Whole numbers become `int`."""
    return {name: _decode(value) for name, value in message.fields.items()}


def _decode(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        fields = decode(value.struct_value)
        return Secret(fields.get("value")) if fields.get(SIGNATURE) == SECRET else fields
    if kind == "list_value":
        return [_decode(each) for each in value.list_value.values]
    if kind == "number_value":
        return int(value.number_value) if value.number_value.is_integer() else value.number_value
    return None if kind in (None, "null_value") else getattr(value, kind)


def encode(values: Mapping[str, Any]) -> Struct:
    """A dictionary as a struct."""
    message = Struct()
    for name, value in values.items():
        _encode(value, message.fields[name])
    return message


def _encode(value: Any, into: Value) -> None:
    if isinstance(value, Secret):
        _encode({SIGNATURE: SECRET, "value": plain(value.value)}, into)
    elif isinstance(value, Mapping):
        into.struct_value.SetInParent()
        for name, each in value.items():
            _encode(each, into.struct_value.fields[name])
    elif isinstance(value, list):
        into.list_value.SetInParent()
        for each in value:
            _encode(each, into.list_value.values.add())
    elif isinstance(value, bool):
        into.bool_value = value
    elif isinstance(value, int | float):
        into.number_value = value
    elif isinstance(value, str):
        into.string_value = value
    else:
        into.null_value = 0  # type: ignore[assignment]


def walk(value: Any, leaf: Callable[[Any], Any]) -> Any:
    """A copy of a nested value with every leaf (a `Secret` is one) replaced by what `leaf` makes of it."""
    if isinstance(value, Mapping):
        return {name: walk(each, leaf) for name, each in value.items()}
    if isinstance(value, list):
        return [walk(each, leaf) for each in value]
    return leaf(value)


def plain(value: Any) -> Any:
    """The value with all secrets opened. Never print it."""
    return walk(value, lambda leaf: plain(leaf.value) if isinstance(leaf, Secret) else leaf)


def redacted(value: Any, hidden: str = "[secret]") -> Any:
    """The value with each secret replaced by `hidden`; the members of a secret object keep their names.

    What is not known yet stays so: it says nothing.
    """

    def hide(leaf: Any) -> Any:
        if not isinstance(leaf, Secret):
            return leaf
        return walk(plain(leaf.value), lambda inner: inner if inner in (None, UNKNOWN) else hidden)

    return walk(value, hide)


def as_secrets(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The values with the named ones made secret."""
    secret = set(names)
    return {
        name: Secret(plain(value)) if name in secret and value is not None and not isinstance(value, Secret) else value
        for name, value in values.items()
    }

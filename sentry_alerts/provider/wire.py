"""Values between protobuf structs and plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct

from sentry_alerts.model.base import UNKNOWN

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 -- the protocol's mark of a secret, not a secret


def decode(message: Struct) -> dict[str, Any]:
    """A struct as a dictionary, with secrets opened. Whole numbers become `int`."""
    opened: dict[str, Any] = _open(MessageToDict(message))
    return opened


def encode(values: Mapping[str, Any]) -> Struct:
    """A dictionary as a struct."""
    return ParseDict(dict(values), Struct())


def has_unknown(value: Any) -> bool:
    """Whether anything in it is not known yet."""
    if isinstance(value, Mapping):
        return any(has_unknown(one) for one in value.values())
    if isinstance(value, list):
        return any(has_unknown(one) for one in value)
    return bool(value == UNKNOWN)


def _open(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(SIGNATURE) == SECRET:
            return _open(value.get("value"))
        return {name: _open(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_open(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value

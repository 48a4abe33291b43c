"""A change made from outside of the program."""

from __future__ import annotations

import copy
from typing import Any

from sandbox.cloud import CloudObject
from sandbox.paths import PathError, put, steps
from sandbox.vault import Vault, is_fingerprint
from sandbox.wire import Secret


def edited(found: CloudObject, path: str, value: Any, key: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The inputs and properties of an object with one property changed, keeping the kind of value that is there.

    A text stays a text even when it looks like a number; what was secret stays secret. Raises `PathError`.
    """
    places = steps(path)
    inputs, properties = copy.deepcopy(found.inputs), copy.deepcopy(found.properties)
    old = _at(properties, places)
    if value is not None and isinstance(old, str) and not isinstance(value, str):
        value = str(value)
    if is_fingerprint(old) and value is not None:
        value = Vault(key).conceal(Secret(str(value)))
    put(properties, places, value)
    # A property that the program gives, or could give as part of one it gives, is what a refresh compares.
    if places[0] in inputs or (len(places) == 1 and old is None):
        try:
            put(inputs, places, value)
        except PathError:
            return inputs, properties
    return inputs, properties


def _at(value: Any, places: list[str | int]) -> Any:
    for place in places:
        try:
            value = value[place]
        except (KeyError, IndexError, TypeError):
            return None
    return value

"""Values as checks see them: secrets hidden, what is not known yet left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.paths import join
from sandbox.wire import ASSETS, SIGNATURE, UNKNOWN, redacted


def known(value: Any) -> Any:
    """A copy without unknown members and with secret texts replaced, so that no check can quote one."""
    return _prune(redacted(value))


def _prune(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _prune(each) for name, each in value.items() if not is_unknown(each) and each is not None}
    if isinstance(value, list):
        return [_prune(each) for each in value if not is_unknown(each)]
    return value


def is_unknown(value: Any) -> bool:
    """Whether a value cannot be judged yet: not known, made with something unknown, or an asset."""
    if isinstance(value, str):
        return UNKNOWN in value
    return isinstance(value, Mapping) and value.get(SIGNATURE) in ASSETS


def unknown_paths(value: Any, path: str = "") -> Iterator[str]:
    """Where the values are that cannot be judged yet; a list with one such item is one itself."""
    if is_unknown(value):
        yield path
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from unknown_paths(each, join(path, name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from unknown_paths(each, f"{path}[{index}]")
        if any(is_unknown(each) for each in value):
            yield path

"""Secrets that nobody has to think of, and manifests with their secrets filled in or hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class Generated:
    """Stands in a Secret's `stringData` for a value made up when the Secret is created, and never again.

    `length` is in characters, all of them hexadecimal digits: 4 bits of chance in each.
    """

    length: int


def with_secrets(value: Any, fill: Callable[[SecretStr | Generated], Any]) -> Any:
    """A manifest, or a part of one, with each secret replaced by what `fill` returns for it."""
    if isinstance(value, (SecretStr, Generated)):
        return fill(value)
    if isinstance(value, Mapping):
        return {key: with_secrets(item, fill) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [with_secrets(item, fill) for item in value]
    return value


def redacted(value: Any) -> Any:
    """A manifest, or a part of one, with each secret replaced by a word about it."""
    return with_secrets(
        value,
        lambda secret: f"[generated, {secret.length} characters]" if isinstance(secret, Generated) else "[secret]",
    )

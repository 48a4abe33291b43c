"""Secrets that nobody has to think of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Generated:
    """Stands in a Secret's `stringData` for a value made up when the Secret is created, and never again.

    `length` is in characters, all of them hexadecimal digits: 4 bits of chance in each.
    """

    length: int

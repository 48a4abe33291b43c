"""Problems found in what people wrote: collected, then shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where it is written, what is wrong with it, what would be right."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class ProblemsError(Exception):
    """Carries every problem found; its text is what a person is shown."""

    def __init__(self, title: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        lines = [
            f"{title}: {count} problem{'s' if count != 1 else ''}",
            *(f"  - {problem}" for problem in self.problems),
        ]
        super().__init__("\n".join(lines))

"""What the program or the engine found wrong: a program that fails is answered with all its problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.comment.escape import block, plain
from reports.comment.fit import Item, Section
from reports.comment.preview import Preview

_PROBLEM = re.compile(r"^  - (.+)$", re.MULTILINE)
"""As `infra.problems.ProblemsError` writes each."""
_NOISE = re.compile(r"an unhandled error occurred: program exited with non-zero exit code|^error: preview failed$")
LONGEST = 600
LONGEST_ERROR = 4_000
"""Characters of one problem, and of an error that is none of ours, such as a traceback."""


def findings(preview: Preview) -> Section | None:
    """Problems and errors; None where there is none."""
    items = [item for message in preview.errors for item in _items(message)]
    return Section(title="Problems", count=len(items), items=items, collapsed=False) if items else None


def warnings(preview: Preview) -> Section | None:
    """Warnings; None where there is none."""
    found = [one.message for one in preview.diagnostics if one.severity == "warning"]
    items = [Item(line=f"- {plain(message, LONGEST)}") for message in dict.fromkeys(found)]
    return Section(title="Warnings", count=len(items), items=items) if items else None


def _items(message: str) -> Iterator[Item]:
    text = message.strip().removeprefix("error: ")
    if problems := _PROBLEM.findall(text):
        for problem in problems:
            where, _, what = problem.partition(": ")
            yield Item(line=f"- **{plain(where)}**: {plain(what, LONGEST)}" if what else f"- {plain(where, LONGEST)}")
    elif not _NOISE.search(text):
        first = text.partition("\n")[0]
        detail = block(text, LONGEST_ERROR) if "\n" in text else ""
        yield Item(line=f"- {plain(first, LONGEST)}", detail=detail)

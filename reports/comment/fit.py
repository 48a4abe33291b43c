"""Sections that give way by steps until all of them fit into one comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from html import escape

LIMIT = 65_536
"""Characters of a comment that GitHub takes (https://github.com/orgs/community/discussions/27190)."""
ROOM = 64_000
"""What we fill of it, in bytes: no character is shorter than one, and GitHub's line ends may be two."""
FEW = 8
"""Lines of a section that is nearly out of room."""


class Form(IntEnum):
    """How much of a section is written."""

    WHOLE = 0
    BRIEF = 1
    """Each thing in its line, without details."""
    SHORT = 2
    """The first of the lines."""
    COUNT = 3
    """How many there are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing of a section."""

    line: str
    """A line of a list, or a row of a table, as Markdown."""
    detail: str = ""
    """What stands below the line, collapsed; Markdown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Things of one kind. The title, its count and the opening stand in every form."""

    title: str
    count: int
    items: Sequence[Item]
    opening: str = ""
    """What stands above the lines, such as a table's head; short."""
    closing: str = ""
    collapsed: bool = True
    form: Form = Form.WHOLE

    def __str__(self) -> str:
        title = f"{self.title} ({self.count})"
        if self.form is Form.COUNT:
            return f"**{title}**"
        body = "\n".join(filter(None, (self.opening, *self._lines())))
        body = "\n\n".join(filter(None, (body, self._left_out(), self.closing)))
        if self.collapsed:
            return f"<details><summary>{escape(title)}</summary>\n\n{body}\n\n</details>"
        return f"### {title}\n\n{body}"

    def _lines(self) -> Iterator[str]:
        for item in self.items[: FEW if self.form is Form.SHORT else None]:
            yield item.line
            if item.detail and self.form is Form.WHOLE:
                detail = f"<details><summary>in detail</summary>\n\n{item.detail}\n\n</details>"
                yield "\n".join(f"  {line}".rstrip() for line in detail.splitlines())

    def _left_out(self) -> str:
        more = len(self.items) - FEW
        return f"… and {more} more" if self.form is Form.SHORT and more > 0 else ""


def fitted(opening: str, sections: Iterable[Section], left_out: str, room: int = ROOM) -> str:
    """The opening and the sections, the first of them the most important, within so many bytes of UTF-8.

    The last sections give way first, one step each, then all of them the next step. `left_out` says where the whole
    is, and is written where something gave way.
    """
    kept = list(sections)
    text = _joined(opening, kept)
    for form in (Form.BRIEF, Form.SHORT, Form.COUNT):
        for number in reversed(range(len(kept))):
            if len(text.encode()) <= room:
                return text
            kept[number] = replace(kept[number], form=form)
            text = _joined(opening, kept, _shortened(kept, left_out))
    return text


def whole(opening: str, sections: Iterable[Section]) -> str:
    """All of it, whatever its size."""
    return _joined(opening, list(sections))


def _shortened(sections: list[Section], where: str) -> str:
    words = {Form.BRIEF: "without details", Form.SHORT: f"only the first {FEW}", Form.COUNT: "only counted"}
    cut = [
        f"{words[form]}: {', '.join(names)}"
        for form in (Form.BRIEF, Form.SHORT, Form.COUNT)
        if (names := [one.title for one in sections if one.form is form])
    ]
    sentence = "; ".join(cut)
    note = f"{sentence[:1].upper()}{sentence[1:]}. {where}"
    return f"> **Shortened, for the change is larger than a comment may be.** {note}"


def _joined(opening: str, sections: list[Section], note: str = "") -> str:
    return "\n\n".join(filter(None, (opening, note, *map(str, sections)))) + "\n"

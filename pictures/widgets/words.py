"""Notes and free text."""

from __future__ import annotations

import re

from pictures.canvas import wrapped
from pictures.layout import Box
from pictures.theme import LIGHT, NOTES
from pictures.widgets.context import Context

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_SIZES = {"12": 12, "14": 13, "16": 14, "18": 16, "20": 18, "24": 20, "36": 26}
_HEADING = 15


def draw_note(context: Context) -> None:
    """A note: Markdown with headings and lists; other marks are left out."""
    background = str(context.definition.get("background_color") or "")
    theme, box = context.theme, context.body
    paper = NOTES.get(background)
    if paper:
        context.canvas.rectangle(box.inside(1, 1, 1, 1), paper)
    ink = LIGHT.ink if paper else theme.ink
    size = _SIZES.get(str(context.definition.get("font_size")), 13)
    y = box.top + 8
    for line in str(context.definition.get("content") or "").splitlines():
        text = _MARKS.sub("", _LINK.sub(r"\1", line)).rstrip()
        heading = text.startswith("#")
        bullet = re.match(r"\s*[-*] ", text)
        text = f"• {text[bullet.end() :]}" if bullet else text.lstrip("# ") if heading else text
        high = (_HEADING if heading else size) * 1.45
        for part in wrapped(text, box.width - 28, _HEADING if heading else size) if text.strip() else [""]:
            if y + high > box.bottom:
                context.canvas.text(box.left + 14, min(y, box.bottom - 6), "…", size, ink)
                return
            context.canvas.text(box.left + 14, y + high / 2, part, _HEADING if heading else size, ink, bold=heading)
            y += high if part else high / 2


def draw_free_text(context: Context) -> None:
    """A line of text without a card's title."""
    box: Box = context.body
    context.canvas.text(
        box.left + 12,
        box.top + box.height / 2,
        str(context.definition.get("text") or ""),
        16,
        bold=True,
        width=box.width - 24,
    )

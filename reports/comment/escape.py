"""Text of others in Markdown: shown as it is, never as markup, and never so that it pings somebody.

GitHub links and notifies whoever is named after an @ in a comment, outside of code
(https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#mentioning-people-and-teams).
"""

from __future__ import annotations

import re
from urllib.parse import quote

LONGEST = 160
"""Characters of one text of others, beyond which it is cut: a name must not push everything else out."""
_NOTHING = "\u200b"
"""A space without width: it ends what would be a mention, a reference or an address."""
_MARKUP = re.compile(r"[\\`*_~\[\]<>&|{}$]")
_LINKING = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=\w:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bgh)(?=-\d)", re.IGNORECASE)
_LEADING = re.compile(r"^([-+#=>]|\d+(?=[.)](?:\s|$)))")
_SAFE_IN_CODE = re.compile(r"[^`\\|\x00-\x1f]+")


def clipped(text: str, longest: int = LONGEST) -> str:
    """One line of at most this many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def plain(text: str, longest: int = LONGEST) -> str:
    """As running text."""
    unlinked = _LINKING.sub(_NOTHING, clipped(text, longest))
    escaped = _MARKUP.sub(lambda found: f"&#{ord(found[0])};", unlinked)
    return _LEADING.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", escaped)


def code(text: str, longest: int = LONGEST) -> str:
    """As a name or a value: in code, where GitHub makes no mentions."""
    line = clipped(text, longest)
    if not line:
        return "nothing"
    if _SAFE_IN_CODE.fullmatch(line):
        return f"`{line}`"
    # A backtick ends code in Markdown, and a bar ends a cell even in code.
    escaped = re.sub(r"[^\w .:/-]", lambda found: f"&#{ord(found[0])};", line)
    return f"<code>{escaped}</code>"


def url(address: str) -> str:
    """As the target of a link: what would end it is written in percent."""
    return re.sub(r"[^A-Za-z0-9\-._~:/?#@!$&*+,;=%]", lambda found: quote(found[0], safe=""), address)


def block(text: str, longest: int) -> str:
    """As several lines of code."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`+", text))])
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return f"{fence}\n{cut}\n{fence}"

"""The commands in the pages that people read: found by a Markdown parser, taken apart by a shell lexer."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tools.engine.engine import ROOT

ACCOUNT = "needs an account"
"""How a page marks a command that nobody can run on this machine: in its comment, or beside it."""
MARKED_PROGRAMS = ROOT / "docs" / "operations" / "commands.md"
"""The page whose first table lists the programs that always do."""
PROGRAMS = re.compile(
    r"(\S*/)?(agent|apt-get|celery|curl|datadog-cluster-agent|dig|docker|git|go|helm|kubectl|make|npm|pip|psql|pulumi|"
    r"python|redis-cli|sha256sum)|(\./)?tools/\S+\.sh"
)
"""What begins a command in the middle of a sentence; in a block every line is one."""
_SHELLS = {"sh", "bash", "shell", "console"}
_OPERATORS = re.compile(r"[;|&(){}]+")
_ASSIGNMENT = re.compile(r"\w+=.*")


@dataclass(frozen=True, slots=True)
class Command:
    """One simple command of a page."""

    page: Path
    line: int
    words: tuple[str, ...]
    needs_account: bool
    """Whether the page says so beside it."""

    @property
    def text(self) -> str:
        """Its words, of which Python's place says nothing."""
        first, *others = self.words
        return " ".join([first.rsplit("/", 1)[-1] if first.endswith("python") else first, *others])

    def __str__(self) -> str:
        place = self.page.relative_to(ROOT) if self.page.is_relative_to(ROOT) else self.page
        return f"{place}:{self.line}: `{' '.join(self.words)}`"


def pages() -> list[Path]:
    """README, docs but decisions, and the page of the application's package."""
    docs = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "adr" not in page.parts]
    return [ROOT / "README.md", ROOT / "telemetry" / "README.md", *docs]


def commands(page: Path) -> Iterator[Command]:
    """All commands of a page. Raises ValueError where a block is no shell."""
    for token in MarkdownIt().enable("table").parse(page.read_text()):
        line = (token.map or [0])[0] + 1
        if token.type == "fence" and token.info.strip() in _SHELLS:
            yield from _in_block(page, line + 1, token.content)
        elif token.type == "inline":
            yield from _in_sentence(page, line, token)


def _in_block(page: Path, first: int, text: str) -> Iterator[Command]:
    whole_block = text.startswith(f"# {ACCOUNT}")
    begun, defined = "", set[str]()
    for line, part in enumerate(text.splitlines(), first):
        begun += part
        if begun.endswith("\\"):
            begun = begun[:-1]
            continue
        try:
            found = list(_simple(begun))
        except ValueError:
            begun += "\n"  # a quotation goes on
            continue
        marked = whole_block or ACCOUNT in begun.rpartition("#")[2]
        begun = ""
        defined |= {words[0] for words in found if words[1:] == ("()",)}
        yield from (
            Command(page, line, words, marked) for words in found if words[1:] != ("()",) and words[0] not in defined
        )
    if begun:
        raise ValueError(f"{page}:{first}: a quotation that does not end")


def _in_sentence(page: Path, line: int, token: Token) -> Iterator[Command]:
    parts = token.children or []
    for n, part in enumerate(parts):
        if part.type == "code_inline" and PROGRAMS.fullmatch(part.content.split(" ")[0]):
            beside = parts[n + 1].content[: len(ACCOUNT) + 4] if n + 1 < len(parts) else ""
            for words in _simple(part.content):
                if len(words) > 1 or words == ("make",) or words[0].endswith(".sh"):
                    yield Command(page, line, words, ACCOUNT in beside or ACCOUNT in part.content)


def _simple(text: str) -> Iterator[tuple[str, ...]]:
    """The simple commands of a line, without assignments and without where they read from and write to."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";|&(){}<>")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if word == "()" and len(words) == 1:
            yield (*words, word)
            words = []
        elif _OPERATORS.fullmatch(word):
            if words:
                yield tuple(words)
            words = []
        elif words or not _ASSIGNMENT.fullmatch(word):
            words.append(word)

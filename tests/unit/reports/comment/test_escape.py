"""Text of others is shown as it is, and does nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reports.comment.escape import block, clipped, code, plain
from reports.markdown import table

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SPECIAL = st.sampled_from("@#`*_~[]()<>&|\\!:/.-+=1a{}$\n \"'")
TEXTS = st.text(st.one_of(SPECIAL, st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), max_size=60)


class Seen(HTMLParser):
    """What a browser makes of it: elements, and text inside and outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = self.outside = ""
        self._in_code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)
        self._in_code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._in_code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.outside += "" if self._in_code else data


def seen(markdown: str) -> Seen:
    return Seen(MARKDOWN.render(markdown))


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


@given(TEXTS)
def test_running_text_stays_what_it_is(text: str) -> None:
    page = seen(f"- **new** {plain(text)} end")
    assert page.elements == ["ul", "li", "strong"]
    assert words(page.text) == words(f"new {clipped(text)} end")


@given(TEXTS)
def test_so_it_does_at_the_beginning_of_a_line(text: str) -> None:
    page = seen(plain(text))
    assert set(page.elements) <= {"p"}
    assert words(page.text) == words(clipped(text))


@given(TEXTS, TEXTS)
def test_a_cell_holds_one_cell(one: str, other: str) -> None:
    page = seen(table(("a", "b"), [(code(one), plain(other))]))
    assert page.elements.count("td") == 2
    assert page.elements.count("code") == (1 if clipped(one) else 0)
    assert words(clipped(one)) in words(page.text)
    assert words(clipped(other)) in words(page.text)


@given(TEXTS)
def test_a_block_holds_all_of_it(text: str) -> None:
    page = seen(block(text, 1_000))
    assert page.elements == ["pre", "code"]
    assert page.text.rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize(
    "text",
    ["@slack-genonaut-alerts", "ask (@somebody)", "fixes #12", "GH-12", "see https://evil.example", "www.evil.example"],
)
def test_nobody_is_pinged_and_nothing_is_linked(text: str) -> None:
    shown = seen(plain(text)).outside
    assert not re.search(r"@\w|#\d|GH-\d|https?://|www\.", shown), shown
    assert words(shown) == text
    assert seen(code(text)).outside.strip() == ""

"""The runbooks: one for every alert, none without, their generated parts as the code has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.proof import prove_metric
from reports.alerts import alerts_of
from reports.runbooks.generated import STACK, escalation_in_words, runbooks
from reports.runbooks.pages import FOLDER, UNWRITTEN, up_to_date, write_all, written_by_hand
from reports.stacks import specs_of, stack_names
from stacks.catalog.oncall import ESCALATION

PAGES = sorted(FOLDER.glob("*.md"))
QUERY = re.compile(r"`((?:sum|avg|max|min|p95|count):[^`]+)`")


def test_every_alert_of_every_stack_has_a_runbook() -> None:
    there = {page.stem for page in PAGES}
    for stack in stack_names():
        for alert in alerts_of(stack):
            assert alert.runbook in there, f"{alert.key} of {stack}: make runbooks, then write what to do"


def test_no_runbook_is_without_an_alert() -> None:
    assert {page.stem for page in PAGES} == set(runbooks())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    text = page.read_text()
    assert up_to_date(page.stem, text) == text, "run `make runbooks`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_somebody_wrote_what_to_do(page: Path) -> None:
    written = written_by_hand(page.read_text())
    assert UNWRITTEN not in written
    assert "## Likely causes" in written
    assert "## When to call for help" in written


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_queries_that_runbooks_advise_select_what_is_emitted(page: Path) -> None:
    for query in QUERY.findall(written_by_hand(page.read_text())):
        assert list(prove_metric(query, specs_of(STACK).world)) == [], query


def test_a_new_alert_gets_a_page_that_somebody_has_to_write(tmp_path: Path) -> None:
    written = list(write_all(tmp_path))
    assert {page.stem for page in written} == set(runbooks())
    assert UNWRITTEN in written[0].read_text()
    assert list(write_all(tmp_path)) == []


@settings(deadline=None)  # the first example builds the grammars
@given(st.text(st.characters(exclude_characters="<\r"), max_size=200).map(str.strip))
def test_what_people_wrote_stays(body: str) -> None:
    page = up_to_date("error-rate", f"# A title\n\n{body}\n")
    assert page.startswith("# A title\n")
    assert written_by_hand(page) == (body or UNWRITTEN)
    assert up_to_date("error-rate", page) == page


def test_the_escalation_is_told_in_words() -> None:
    words = escalation_in_words(ESCALATION)
    assert words.startswith("the page goes to who is on call; after 5 minutes")
    assert "after 10 minutes without acknowledgement to the whole team" in words

"""The pages of docs/: links lead somewhere, and what they say of escalation is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.naming import Tier
from stacks.catalog.oncall import ESCALATION
from stacks.catalog.tiers import URGENCY
from tools.engine.engine import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(CODE.sub("", page.read_text())):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_playbook_has_the_escalation_of_the_code() -> None:
    section = (
        (ROOT / "docs" / "operations" / "incidents.md").read_text().partition("## Escalation")[2].partition("\n## ")[0]
    )
    written = [(int(minutes), who) for minutes, who in re.findall(r"^\| (\d+) \| (.+) \|$", section, re.MULTILINE)]
    expected, passed = [], 0
    for step in ESCALATION.steps:
        expected.append((passed, str(step.target)))
        passed += step.minutes
    expected.append((passed, f"it starts over, {ESCALATION.repeats} times"))
    assert written == expected


def test_the_playbook_says_when_an_alert_is_sent_again() -> None:
    again = URGENCY[Tier.CRITICAL].renotify_minutes
    assert f"is sent again after {again} minutes" in (ROOT / "docs" / "operations" / "incidents.md").read_text()

"""The table of alerts: up to date, complete, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.alerts import alerts_of
from reports.catalogue import PAGE, up_to_date, write


def test_the_page_is_up_to_date() -> None:
    assert up_to_date(PAGE.read_text()) == PAGE.read_text(), "run make catalogue"


def test_every_alert_has_a_line() -> None:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert {line.split("`")[1] for line in lines} == {alert.key for alert in alerts_of("production")}
    assert len(lines) == len(alerts_of("production"))


def test_links_lead_to_files() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", PAGE.read_text()):
        assert (PAGE.parent / link).exists(), link


def test_what_is_old_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    page = tmp_path / "alerts.md"
    page.write_text(PAGE.read_text().replace("| `disk-usage`", "| `disk-usages`").replace("# Alerts", "# Our alerts"))
    assert write(page)
    assert page.read_text() == PAGE.read_text().replace("# Alerts", "# Our alerts")
    assert not write(page)


def test_a_page_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="the page needs the lines"):
        up_to_date("# Alerts\n")

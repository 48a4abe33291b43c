"""One comment per subject: made, then edited in place, and nobody else's touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.delivery.hub import REPOSITORY, TOKEN, Hub
from tools.delivery.__main__ import main
from tools.delivery.comment import MarkerError, marker_of, post
from tools.delivery.github import GitHub

MARKER = "<!-- genonaut-monitoring preview: staging -->"


def test_the_first_time_it_is_made_and_then_edited(hub: Hub, github: GitHub) -> None:
    first = post(github, 7, f"{MARKER}\none")
    second = post(github, 7, f"{MARKER}\ntwo")
    assert first == second
    assert hub.comments_of(7) == [f"{MARKER}\ntwo"]


def test_it_is_found_on_a_later_page(hub: Hub, github: GitHub) -> None:
    for number in range(130):
        hub.add_comment(7, f"talk {number}", author="somebody")
    own = hub.add_comment(7, f"{MARKER}\r\none")
    assert post(github, 7, f"{MARKER}\ntwo") == own["html_url"]
    assert len(hub.comments) == 131


def test_others_comments_stay_as_they_are(hub: Hub, github: GitHub) -> None:
    hub.add_comment(7, f"{MARKER}\nwritten by hand", author="somebody")
    hub.add_comment(7, f"> quoted\n{MARKER}")
    hub.add_comment(7, "<!-- genonaut-monitoring preview: production -->\nanother stack")
    hub.add_comment(8, f"{MARKER}\nanother pull request")
    before = [one["body"] for one in hub.comments]
    post(github, 7, f"{MARKER}\nmine")
    assert [one["body"] for one in hub.comments] == [*before, f"{MARKER}\nmine"]


def test_the_command_posts_each_file_and_says_where(hub: Hub, tmp_path: Path) -> None:
    for stack in ("production", "staging"):
        (tmp_path / f"{stack}.md").write_text(MARKER.replace("staging", stack) + "\ntext")
    files = [str(file) for file in sorted(tmp_path.iterdir())]
    options = ["--pull-request", "7", "--api", hub.address]
    access = {"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": REPOSITORY}
    done = CliRunner(env=access).invoke(main, ["comment", *options, *files], catch_exceptions=False)
    assert done.output.splitlines() == [one["html_url"] for one in hub.comments]
    assert len(hub.comments) == 2
    without = CliRunner(env={"GITHUB_TOKEN": "", "GITHUB_REPOSITORY": ""}).invoke(main, ["comment", *options, *files])
    assert without.exit_code == 2
    assert "GitHub needs --repository" in without.output


@pytest.mark.parametrize("text", ["", "no marker", "<!-- -->", f"\n{MARKER}", "<!--x-->", f"{MARKER} more"])
def test_a_text_that_would_not_be_found_again_is_refused(github: GitHub, text: str) -> None:
    with pytest.raises(MarkerError, match="must begin with a line"):
        post(github, 7, text)


@given(st.text())
def test_a_marker_is_one_line_or_an_error(text: str) -> None:
    try:
        marker = marker_of(text)
    except MarkerError:
        return
    assert marker.startswith("<!-- ")
    assert "\n" not in marker

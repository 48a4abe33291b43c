"""What is no preview of this stack is answered with one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reports.__main__ import main
from reports.comment.changes import changes_of
from reports.comment.preview import PreviewError, read
from tests.unit.reports.comment.examples import FOLDER, STACK, monitor, preview, step

WHOLE = (FOLDER / "threshold.json").read_bytes()
BROKEN = {
    "empty": (b"", "is empty"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "ends too early"),
    "no JSON": (b"Previewing update (sandbox):", "it is not JSON"),
    "no text": (b"\xff\xfe\x00", "it is no text"),
    "a list": (b"[]", "JSON of another kind"),
    "a stack's export": (json.dumps({"version": 3, "deployment": {}}).encode(), "JSON of another kind, without steps"),
    "steps of another shape": (b'{"steps": [{"op": "same"}]}', "steps.0.urn"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_none_is_refused_with_its_reason(kind: str, tmp_path: Path) -> None:
    content, reason = BROKEN[kind]
    file = tmp_path / "preview.json"
    file.write_bytes(content)
    done = CliRunner().invoke(main, ["comment", "--from", str(file), "--stack", STACK])
    assert done.exit_code == 1
    assert reason in done.output
    assert str(file) in done.output
    assert "Traceback" not in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["comment", "--from", str(tmp_path / "none.json"), "--stack", STACK])
    assert done.exit_code == 1
    assert "cannot be read: No such file" in done.output


def test_a_stack_that_is_not_there() -> None:
    done = CliRunner().invoke(main, ["comment", "--from", str(FOLDER / "nothing.json"), "--stack", "produktion"])
    assert done.exit_code != 0
    assert "produktion" in done.output
    assert "production" in done.output.replace("produktion", "")


def test_a_preview_of_another_stack_is_refused() -> None:
    with pytest.raises(PreviewError, match="is of genonaut-monitoring/sandbox, not of genonaut-monitoring/production"):
        read(FOLDER / "threshold.json", "production")


def test_a_step_nobody_knows_is_refused_and_not_left_out() -> None:
    with pytest.raises(PreviewError, match="`teleport`"):
        changes_of(preview(step("teleport", monitor(), monitor())))


def test_written_to_files(tmp_path: Path) -> None:
    out, full = tmp_path / "new" / "comment.md", tmp_path / "full.md"
    arguments = ["comment", "--from", str(FOLDER / "problems.json"), "--stack", STACK]
    done = CliRunner().invoke(main, [*arguments, "--out", str(out), "--full", str(full)])
    assert done.exit_code == 0, done.output
    assert done.output == ""
    assert out.read_text() == full.read_text()
    assert out.read_text().splitlines()[0] == "<!-- genonaut-monitoring preview: sandbox -->"
    assert out.read_text() == CliRunner().invoke(main, arguments).output

"""Side files of the state that are cut off."""

from __future__ import annotations

from pathlib import Path

from tools.recover.checkpoint import remove_cut_off_side_files


def test_only_cut_off_side_files_are_removed(tmp_path: Path) -> None:
    stacks = tmp_path / ".pulumi" / "stacks"
    stacks.mkdir(parents=True)
    whole, empty, half, state = (stacks / name for name in ("a.json.attrs", "b.json.attrs", "c.json.attrs", "b.json"))
    whole.write_text('{"user.content_type": "text/plain"}')
    empty.write_text("")
    half.write_text('{"user.content')
    state.write_text("")
    assert remove_cut_off_side_files(tmp_path) == [empty, half]
    assert whole.exists()
    assert state.exists()

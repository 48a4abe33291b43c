"""A backup's folder: whole or not at all, and every damaged file by name."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.backup import folder
from tools.backup.__main__ import verify
from tools.backup.folder import MANIFEST, OBJECTS, STATE, SUMS, BackupError

FILES = {
    MANIFEST: json.dumps({"format": folder.FORMAT, "stack": "example"}).encode(),
    STATE: b'{"deployment": {"resources": []}}',
    OBJECTS: b"[]",
    "definitions/monitors/api.json": b'{"name": "API"}',
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder.write(tmp_path / "kept", FILES)
    return tmp_path / "kept"


def test_what_was_written_is_read(kept: Path) -> None:
    assert {name: content for name, content in folder.read(kept).files.items() if name != SUMS} == FILES
    assert [path.name for path in kept.parent.iterdir()] == ["kept"], "a partial folder is left"


def test_other_tools_can_check_it(kept: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS], cwd=kept, check=True, capture_output=True, text=True
    )
    assert done.stdout.count(": OK") == len(FILES)


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (lambda at: (at / STATE).write_bytes(b""), f"{STATE}: damaged"),
        (lambda at: (at / STATE).unlink(), f"{STATE}: missing"),
        (lambda at: (at / "more").write_text("x"), "more: not of this backup"),
        (lambda at: (at / SUMS).unlink(), f"{SUMS}: missing or unreadable"),
        (lambda at: (at / SUMS).write_text("nonsense"), f"{SUMS}: line 1 is no checksum"),
        (lambda at: (at / SUMS).write_text(""), f"{MANIFEST}: not of this backup"),
        (shutil.rmtree, "there is no such folder"),
    ],
)
def test_harm_is_named(kept: Path, harm: Callable[[Path], object], named: str) -> None:
    harm(kept)
    with pytest.raises(BackupError, match=named.replace(".", r"\.")):
        folder.read(kept)


def test_all_damaged_files_are_named_at_once(kept: Path) -> None:
    for name in (STATE, "definitions/monitors/api.json"):
        (kept / name).write_bytes(b"{}")
    assert folder.damage(kept) == [f"{kept}/definitions/monitors/api.json: damaged", f"{kept}/{STATE}: damaged"]


@settings(max_examples=20)
@given(data=st.data())
def test_any_other_byte_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    at = tmp_path_factory.mktemp("kept") / "kept"
    folder.write(at, FILES)
    name = data.draw(st.sampled_from([*FILES, SUMS]))
    content = bytearray((at / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    (at / name).write_bytes(content)
    found = folder.damage(at)
    assert found
    assert name == SUMS or found == [f"{at / name}: damaged"]


def test_nothing_is_written_over(kept: Path) -> None:
    with pytest.raises(BackupError, match="never written over"):
        folder.write(kept, {})
    assert folder.damage(kept) == []


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "damage", lambda _: ["state.json: damaged"])
    with pytest.raises(BackupError, match="does not hold what was written"):
        folder.write(tmp_path / "kept", FILES)
    assert list(tmp_path.iterdir()) == []


def test_a_format_of_the_future_is_refused(tmp_path: Path) -> None:
    folder.write(tmp_path / "kept", {**FILES, MANIFEST: b'{"format": 99}'})
    with pytest.raises(BackupError, match="format 99, not 1"):
        folder.read(tmp_path / "kept")


def test_verify_says_what_it_is_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = {"format": 1, "stack": "example", "made": "2030-01-01T00:00:00Z", "commit": "abc", "resources": 2,
                "objects": 1, "engine": "v3"}  # fmt: skip
    folder.write(tmp_path / "kept", {**FILES, MANIFEST: json.dumps(manifest).encode()})
    assert verify.callback is not None
    verify.callback(tmp_path / "kept")
    assert "== Whole: stack example at 2030-01-01T00:00:00Z, commit abc" in capsys.readouterr().out

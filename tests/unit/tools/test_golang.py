"""Commands built with Go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.golang import GoError, Module, fingerprint


@pytest.fixture
def module(tmp_path: Path) -> Module:
    (tmp_path / "go.mod").write_text("module example\n\ngo 1.25\n\nrequire example.com/tool v1.2.3 // indirect\n")
    (tmp_path / "go.sum").write_text("")
    return Module(tmp_path)


def test_a_version_is_the_required_one(module: Module) -> None:
    assert module.version_of("example.com/tool") == "v1.2.3"
    with pytest.raises(GoError, match=r"does not require example\.com/too$"):
        module.version_of("example.com/too")


def test_the_fingerprint_follows_both_files(module: Module) -> None:
    seen = {fingerprint([module])}
    for name in ("go.mod", "go.sum"):
        with (module.folder / name).open("a") as file:
            file.write("// changed\n")
        seen.add(fingerprint([module]))
    assert len(seen) == 3


def test_without_go_it_says_so(module: Module, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GoError, match="install Go"):
        module.build("example.com/tool", tmp_path / "bin" / "tool")


@pytest.mark.skipif(not shutil.which("go"), reason="needs Go")
def test_a_build_that_fails_is_told_with_gos_words(module: Module, tmp_path: Path) -> None:
    (module.folder / "main.go").write_text("package main\n\nfunc main() { missing() }\n")
    (module.folder / "go.mod").write_text("module example\n\ngo 1.25\n")
    with pytest.raises(GoError, match="undefined: missing"):
        module.build(".", tmp_path / "bin" / "tool")

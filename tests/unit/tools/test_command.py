"""How a command ends, whatever goes wrong."""

from __future__ import annotations

import sys

import click
import pytest

from tools.command import run


class KnownError(Exception):
    """What a command says in its own words."""


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (KnownError("it is so"), "it is so"),
        (click.UsageError("no such option"), 2),
        (click.Abort(), "Stopped here."),
        (KeyboardInterrupt(), "Stopped here."),
    ],
)
def test_one_message_and_a_status(
    raised: BaseException, status: str | int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def main() -> None:
        raise raised

    monkeypatch.setattr(sys, "argv", ["command"])
    with pytest.raises(SystemExit) as ended:
        run(main, KnownError, stopped="Stopped here.")
    assert ended.value.code == status
    assert ("no such option" in capsys.readouterr().err) == (status == 2)


def test_what_nobody_expected_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def main() -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(sys, "argv", ["command"])
    with pytest.raises(ValueError, match="of ours"):
        run(main, KnownError)

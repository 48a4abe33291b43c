"""A catalog that costs more than its budget is refused by the engine, before anything is made."""

from __future__ import annotations

from pathlib import Path

from sandbox.home import Home
from tests.e2e.lab import Lab
from tools.engine import Engine


def test_what_costs_too_much_is_refused_with_one_message(tmp_path: Path, home: Home, engine: Engine) -> None:
    lab = Lab(tmp_path / "lab", home, engine, Path(__file__).parent / "costly")
    lab.cloud.reset()
    lab.set_up()
    for done in (lab.pulumi("preview", check=False), lab.up(check=False)):
        said = done.stdout + done.stderr
        assert done.returncode != 0, said
        assert said.count("budget.sandbox: ") == 1, said
        assert "The catalog of sandbox: 1 problem" in said, said
        assert "more than its budget of 800" in said, said
        assert "Traceback" not in said, said
        assert lab.cloud.operations() == []

"""What a person types."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sandbox.cli import main
from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from sandbox.wire import Secret
from tests.unit.sandbox import examples as ex


@pytest.fixture
def home(tmp_path: Path, schemas: Schemas) -> Path:
    cloud = Cloud(tmp_path / "cloud.db")
    life = Lifecycle("datadog", schemas, cloud, "1.34")
    for name in ("api", "web"):
        inputs = ex.monitor(name=f"Errors of {name}", message=Secret("hunter2"))
        life.create(ex.MONITOR, ex.urn(ex.MONITOR, name), inputs, preview=False)
    return tmp_path


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def commands(group: click.Group) -> list[click.Command]:
    return [
        each
        for sub in group.commands.values()
        for each in ([sub, *commands(sub)] if isinstance(sub, click.Group) else [sub])
    ]


@pytest.mark.parametrize("command", commands(main), ids=lambda command: str(command.name))
def test_every_verb_explains_itself_with_an_example(command: click.Command) -> None:
    assert "python -m sandbox" in str(command.help)


def test_objects_are_listed_and_shown_without_secrets(home: Path) -> None:
    assert "Monitor" in run(home, "list").output
    assert "web" not in run(home, "list", "api").output
    shown = run(home, "show", "Monitor/api").output
    assert "Errors of api" in shown
    assert "hunter2" not in shown


def test_an_object_is_edited_and_removed_from_outside(home: Path) -> None:
    assert run(home, "edit", "api", "monitorThresholds.critical", "95").exit_code == 0
    assert run(home, "edit", "api", "tags[0]", "--unset").exit_code == 0
    assert run(home, "rm", "web").exit_code == 0
    (left,) = Cloud(home / "cloud.db").objects()
    assert left.inputs["monitorThresholds"]["critical"] == "95"
    assert left.properties["tags"] == ["managed-by:pulumi"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["show", "nothing"], "there is no object 'nothing'"),
        (["show", "ap"], "similar: Monitor/api"),
        (["edit", "api", "a..b", "1"], "is no property path"),
        (["edit", "api", "name"], "give either VALUE or --unset"),
        (["env"], "the sandbox does not run; start it"),
        (["fail", "nth", "create", "0"], "0 is not in the range"),
    ],
)
def test_a_mistake_is_answered_with_one_clear_message(home: Path, words: list[str], reason: str) -> None:
    answer = run(home, *words)
    assert answer.exit_code != 0
    assert reason in answer.output
    assert "Traceback" not in answer.output


def test_faults_are_asked_for_listed_and_forgotten(home: Path) -> None:
    for words in (["nth", "create", "5"], ["rate-limit", "3"], ["slow", "2", "--seconds", "1", "--when", "after"]):
        assert run(home, "fail", *words).exit_code == 0
    assert run(home, "faults").output.splitlines() == [
        "create number 5 from now fails, before the cloud has done it",
        "rate limit for the next 3 operations",
        "create number 2 from now waits 1 s, after the cloud has done it",
    ]
    run(home, "faults", "--clear")
    assert Cloud(home / "cloud.db").faults.list() == []


def test_reset_empties_the_cloud(home: Path) -> None:
    assert run(home, "reset").exit_code == 0
    assert Cloud(home / "cloud.db").objects() == []

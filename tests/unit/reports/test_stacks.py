"""Settings from a stack's file without the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.problems import ProblemsError
from reports.stacks import settings_of
from tests.examples import STACKS
from tools.stack import workspace
from tools.stack.workspace import StackFileError

PRODUCTION = Path("Pulumi.production.yaml").read_text()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write the file of the stack `trial`."""
    monkeypatch.setattr(workspace, "ROOT", tmp_path)

    def write(text: str) -> None:
        (tmp_path / "Pulumi.trial.yaml").write_text(text)

    return write


def test_every_stack_file_is_read() -> None:
    assert {path.name.split(".")[1] for path in Path().glob("Pulumi.*.yaml")} == set(STACKS)
    for stack in STACKS:
        settings = settings_of(stack)
        assert settings.environment == stack
        assert settings.datadog_api_key.get_secret_value().startswith("made-up")


def test_a_stack_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(StackFileError, match=r"no Pulumi\.prod\.yaml.*production, sandbox, staging"):
        settings_of("prod")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("config: [", "is not YAML"),
        ("config: 5", "`config` is no mapping"),
        ("config: [1, 2]", "`config` is no mapping"),
    ],
)
def test_a_broken_file_is_named(write: Callable[[str], None], text: str, message: str) -> None:
    write(text)
    with pytest.raises(StackFileError, match=message) as raised:
        settings_of("trial")
    assert "Pulumi.trial.yaml" in str(raised.value)


@pytest.mark.parametrize("text", ["", "[]", "config: {}"])
def test_an_empty_file_is_answered_with_every_missing_key(write: Callable[[str], None], text: str) -> None:
    write(text)
    with pytest.raises(ProblemsError) as raised:
        settings_of("trial")
    where = {problem.where for problem in raised.value.problems}
    assert {"genonaut-monitoring:environment", "genonaut-monitoring:routing.critical"} <= where


def test_a_secret_in_plain_text_is_refused(write: Callable[[str], None]) -> None:
    write(PRODUCTION + "  genonaut-monitoring:datadogApiKey: in-the-open\n")
    with pytest.raises(ProblemsError) as raised:
        settings_of("trial")
    assert [problem.where for problem in raised.value.problems] == ["genonaut-monitoring:datadogApiKey"]
    assert "in-the-open" not in str(raised.value)


def test_encrypted_secrets_and_a_kubeconfig_path_go_together(write: Callable[[str], None]) -> None:
    text = PRODUCTION.replace("clusterName:", "kubeconfigPath: /kube/config\n    clusterName:")
    write(text + "  genonaut-monitoring:datadogApiKey:\n    secure: v1:nobody-can-read-this\n")
    settings = settings_of("trial")
    assert settings.kubernetes.kubeconfig_path == "/kube/config"
    assert settings.datadog_api_key.get_secret_value().startswith("made-up")

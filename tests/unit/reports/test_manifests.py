"""A stack's Kubernetes objects as files: what stands in them, and that they fit every cluster we support."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from kubernetes_validate import utils
from pydantic import SecretStr, ValidationError

from infra.problems import Problem
from infra.secrets import redacted
from infra.settings.vendors import KubernetesSettings
from reports import manifests as report
from reports.manifests import as_yaml, manifests_of, pages, write
from reports.stacks import settings_of
from stacks.manifests import manifests
from tests.examples import STACKS
from tests.variants import VARIANTS, specs_of

GOLDEN = Path("tests/golden/manifests")
OLDEST = "1.25"
"""The oldest cluster that the settings take."""
NEWEST, BEFORE_NEWEST = (f"1.{minor}" for minor in sorted({int(v.split(".")[1]) for v in utils.all_versions()})[:-3:-1])


@pytest.fixture(scope="module", autouse=True)
def schemas_read_once() -> Iterator[None]:
    """The library reads a megabyte of schemas again for every object."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utils, "schema_contents", cache(utils.schema_contents))
        yield


@pytest.mark.parametrize("stack", STACKS)
def test_what_is_kept_for_review_is_what_the_stack_declares(stack: str) -> None:
    kept = {path.name: path.read_text() for path in (GOLDEN / stack).iterdir()}
    assert kept == pages(stack), "see the difference with `make golden` and `git diff`, and commit it if it is meant"


@pytest.mark.parametrize("version", [NEWEST, BEFORE_NEWEST, OLDEST])
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_object_fits_the_versions_we_support(variant: str, version: str) -> None:
    stack, specs = specs_of(variant, version)
    declared = manifests(specs, stack)
    assert declared
    for name, manifest in declared.items():
        body = redacted(manifest)
        try:
            kubernetes_validate.validate(body, version, strict=True)
        except kubernetes_validate.ValidationError as wrong:
            pytest.fail(f"{name} in Kubernetes {version}: {'.'.join(map(str, wrong.path))}: {wrong.message}")


def test_the_oldest_version_is_the_oldest_that_the_settings_take() -> None:
    assert KubernetesSettings(cluster_name="c1", version=OLDEST).version == OLDEST
    with pytest.raises(ValidationError):
        KubernetesSettings(cluster_name="c1", version="1.24")


@pytest.mark.parametrize("stack", STACKS)
def test_no_secret_is_in_the_files(stack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value = "a-value-nobody-may-read"
    settings = settings_of(stack)
    found = [field for field, held in settings if isinstance(held, SecretStr)]
    assert found
    changed = settings.model_copy(update=dict.fromkeys(found, SecretStr(value)))
    monkeypatch.setattr(report, "settings_of", lambda _: changed)
    text = "".join(pages(stack).values())
    assert value not in text
    assert "[secret]" in text


def test_files_are_yaml_with_the_names_and_marks_of_their_objects() -> None:
    files = pages("production")
    assert list(files) == [f"{name}.yaml" for name in manifests_of("production")]
    for name, text in files.items():
        labels = yaml.safe_load(text)["metadata"]["labels"]
        assert f"{labels['monitoring.genonaut.io/name']}.yaml" == name
        assert labels["monitoring.genonaut.io/stack"] == "production"


def test_texts_of_several_lines_stay_readable_and_nothing_is_an_alias() -> None:
    twice = {"a": 1}
    text = as_yaml({"config": "one: 1\ntwo: 2\n", "first": twice, "second": twice})
    assert text == "config: |\n  one: 1\n  two: 2\nfirst:\n  a: 1\nsecond:\n  a: 1\n"


def test_writing_again_removes_what_is_gone_and_nothing_else(tmp_path: Path) -> None:
    write({"gone.yaml": report.HEADER, "stays.yaml": report.HEADER}, tmp_path)
    (tmp_path / "mine.yaml").write_text("somebody: else\n")
    write({"stays.yaml": report.HEADER + "new: true\n"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.yaml", "stays.yaml"]
    assert (tmp_path / "stays.yaml").read_text().endswith("new: true\n")


def test_the_command_says_what_it_wrote_or_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report.main(["staging", str(tmp_path / "out")]) == 0
    assert f"Kubernetes objects of staging in {tmp_path / 'out'}" in capsys.readouterr().out
    assert report.main(["prod", str(tmp_path / "none")]) == 1
    assert "There is no Pulumi.prod.yaml" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()

    monkeypatch.setattr(report, "check", lambda _: [Problem("agent.image", "is not pinned")])
    assert report.main(["staging", str(tmp_path / "none")]) == 1
    assert "agent.image" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()

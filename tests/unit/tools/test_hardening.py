"""Findings of checkov's against the exemptions that we stand by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.hardening.findings import EXEMPTIONS, CheckovError, Exemption, Finding, compare, read_exemptions, scan

ROOT_USER = Finding("node-agent", "CKV_K8S_23", "Minimize the admission of root containers")


def test_what_is_exempted_is_no_problem() -> None:
    assert compare([ROOT_USER], [Exemption(("CKV_K8S_23",), ("node-*",), "it reads everybody's files")]) == []


@pytest.mark.parametrize("exemption", [("CKV_K8S_23", "other-agent"), ("CKV_K8S_40", "node-agent")])
def test_a_finding_and_an_exemption_that_do_not_meet_are_both_named(exemption: tuple[str, str]) -> None:
    check, name = exemption
    problems = {
        problem.where: problem.what for problem in compare([ROOT_USER], [Exemption((check,), (name,), "because")])
    }
    assert "CKV_K8S_23" in problems["node-agent"]
    assert name in problems[f"exemptions.toml: {check}"]


def test_every_name_of_an_exemption_must_be_needed() -> None:
    (problem,) = compare([ROOT_USER], [Exemption(("CKV_K8S_23",), ("node-agent", "gone"), "because")])
    assert "'gone'" in problem.what


def test_every_exemption_has_a_reason_and_none_is_there_twice() -> None:
    exemptions = read_exemptions(EXEMPTIONS)
    assert all(len(each.reason.split()) > 5 for each in exemptions)
    parts = [(*part.checks, *part.objects) for each in exemptions for part in each.parts()]
    assert len(set(parts)) == len(parts)


@pytest.mark.parametrize("text", ["", "[[exemption]]\nchecks = ['CKV_K8S_1']\nobjects = ['a']\n", "exemption = ["])
def test_an_exemption_without_its_reason_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "exemptions.toml"
    file.write_text(text)
    with pytest.raises(CheckovError, match="checks, objects and reason"):
        read_exemptions(file)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("echo 'no such option' >&2", "no such option"),
        ("""echo '{"passed": 0, "resource_count": 0}'""", "saw 0 objects in 1 files"),
    ],
)
def test_a_run_that_looked_at_nothing_is_no_success(tmp_path: Path, answer: str, message: str) -> None:
    (tmp_path / "one.yaml").write_text("kind: Namespace\n")
    checkov = tmp_path / "checkov"
    checkov.write_text(f"#!/bin/sh\n{answer}\n")
    checkov.chmod(0o755)
    with pytest.raises(CheckovError, match=message):
        scan(checkov, tmp_path)

"""The command for one's own manifests: what it finds, what it says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.tagging import main

GOOD = """
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels: &labels
    tags.datadoghq.com/env: production
    tags.datadoghq.com/service: genonaut-api
    tags.datadoghq.com/version: "1.2.3"
spec:
  template:
    metadata:
      labels: *labels
---
apiVersion: v1
kind: Service
metadata: { name: api }
"""


def test_labelled_workloads_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "good.yaml"
    file.write_text(GOOD)
    assert main([str(file)]) == 0
    assert "Every workload" in capsys.readouterr().out


def test_every_problem_of_every_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unlabelled, broken = tmp_path / "pod.yaml", tmp_path / "broken.yaml"
    unlabelled.write_text("kind: Pod\nmetadata: { name: lonely }\n")
    broken.write_text("a: [")
    assert main([str(unlabelled), str(broken), str(tmp_path / "missing.yaml")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Unified service tagging: 5 problems")
    assert f"{unlabelled}: Pod lonely: metadata.labels: has no label tags.datadoghq.com/env" in said
    assert f"{broken}: cannot be read" in said

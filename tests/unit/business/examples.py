"""The business metrics of a stack, and the programs that judge them."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from components.business.configuration import configuration
from components.business.rules import rule_file
from components.business.spec import BusinessSpec
from reports.stacks import settings_of
from stacks.specs import StackSpecs, compose

needs_prometheus = pytest.mark.skipif(
    shutil.which("promtool") is None or shutil.which("prometheus") is None,
    reason="prometheus is not installed: tools/install-debian.sh installs it",
)


@cache
def specs_of(stack: str) -> StackSpecs:
    return compose(settings_of(stack), stack)


def business_of(stack: str) -> BusinessSpec:
    found = specs_of(stack).business
    assert found is not None
    return found


def write_rules(spec: BusinessSpec, folder: Path) -> Path:
    path = folder / "rules.yml"
    path.write_text(json.dumps(rule_file(spec.groups, spec.environment, spec.runbook_base_url)))
    return path


def write_configuration(spec: BusinessSpec, folder: Path) -> Path:
    """Debian builds Prometheus without Kubernetes: the pods become an address where nothing answers."""
    content: dict[str, Any] = configuration(spec, rules=str(write_rules(spec, folder)), secrets=str(folder))
    (pods,) = [one for one in content["scrape_configs"] if "kubernetes_sd_configs" in one]
    del pods["kubernetes_sd_configs"]
    pods["static_configs"] = [{"targets": ["127.0.0.1:9"]}]
    path = folder / "prometheus.yml"
    path.write_text(json.dumps(content))
    return path


def promtool(*arguments: str | Path) -> str:
    """What it says; fails with that where it finds something wrong."""
    run = subprocess.run(["promtool", *arguments], capture_output=True, text=True, timeout=60, check=False)
    said = run.stdout + run.stderr
    assert run.returncode == 0, said
    return said

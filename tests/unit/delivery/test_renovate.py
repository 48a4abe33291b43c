"""What Renovate is told: where versions are written, and that none comes at once."""

from __future__ import annotations

import json
import re
from typing import Any

from stacks.catalog import images
from tests.unit.delivery.workflows import ROOT

DATA: dict[str, Any] = json.loads(re.sub(r"^\s*//.*$", "", (ROOT / "renovate.json5").read_text(), flags=re.MULTILINE))


def found() -> dict[str, str]:
    """What the custom managers find in the real files: image or tool -> version."""
    versions: dict[str, str] = {}
    for manager in DATA["customManagers"]:
        (pattern,) = manager["managerFilePatterns"]
        names = [
            str(file.relative_to(ROOT)) for file in (*ROOT.glob("stacks/catalog/*.py"), *ROOT.glob(".github/*/*/*"))
        ]
        matching = [name for name in names if re.search(pattern.strip("/"), name)]
        assert len(matching) == 1, pattern
        (expression,) = manager["matchStrings"]
        (match,) = re.finditer(expression.replace("(?<", "(?P<"), (ROOT / matching[0]).read_text())
        name = manager.get("depNameTemplate") or match["depName"]
        versions[name] = match["currentValue"]
    return versions


def test_every_image_of_the_catalog_is_upgraded_and_nothing_else_is_taken_for_one() -> None:
    versions = found()
    version = versions.pop("pulumi/pulumi")
    assert re.fullmatch(r"3\.\d+\.\d+", version)
    postgres, tag = images.PSQL.split(":")
    assert versions == {
        "registry.datadoghq.com/agent": images.AGENT_VERSION,
        "registry.datadoghq.com/cluster-agent": images.CLUSTER_AGENT_VERSION,
        "docker.io/prom/prometheus": images.PROMETHEUS_VERSION,
        "docker.io/grafana/grafana": images.GRAFANA_VERSION,
        postgres: tag,
    }
    named = {name for name in vars(images) if name.isupper()}
    assert len(versions) == len(named), "a version in the catalog that nobody upgrades"


def test_a_release_waits_for_three_days() -> None:
    assert DATA["minimumReleaseAge"] == "3 days"
    assert DATA["internalChecksFilter"] == "strict"
    assert not [rule for rule in DATA["packageRules"] if "minimumReleaseAge" in rule]


def test_the_lock_files_are_written_by_their_own_command_alone() -> None:
    assert "pip_requirements" not in DATA["enabledManagers"]
    assert "pip-compile" not in DATA["enabledManagers"]
    (rule,) = [rule for rule in DATA["packageRules"] if "postUpgradeTasks" in rule]
    assert rule["postUpgradeTasks"]["commands"] == ["make lock"]
    locks = re.findall(r'-o "\$out/(\S+)"', (ROOT / "tools/compile-lock.sh").read_text())
    assert len(locks) >= 5
    for lock in locks:
        patterns = [re.escape(one).replace(r"\*", "[^/]*") for one in rule["postUpgradeTasks"]["fileFilters"]]
        assert any(re.fullmatch(pattern, lock) for pattern in patterns), lock


def test_whatever_belongs_to_the_engine_comes_together() -> None:
    (rule,) = [rule for rule in DATA["packageRules"] if rule.get("groupName") == "pulumi"]

    def grouped(name: str) -> bool:
        return any(
            re.search(one[1:-1], name) if one.startswith("/") else one == name for one in rule["matchPackageNames"]
        )

    assert all(map(grouped, ("pulumi", "pulumi-datadog", "pulumiverse-sentry", "pulumi/actions", "pulumi/pulumi")))
    assert grouped("github.com/pulumi/pulumi/sdk/v3")
    assert not grouped("pydantic")

"""What must hold for any agents."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from components.agent.check import check
from components.agent.compile import compile_agent
from components.agent.spec import AgentSpec, ExistingSecret
from sandbox.checks.kubernetes import KubernetesCheck
from tests.unit.components.agent.references import orphans

CHECKS = {minor: KubernetesCheck(f"1.{minor}") for minor in (25, 30, 33, 34, 36)}


def assert_sound(spec: AgentSpec) -> None:
    """Nothing is wrong with these agents, their manifests are valid, and name nothing that is not there."""
    assert check(spec) == []
    manifests = compile_agent(spec)
    wrong = {name: found for name, manifest in manifests.items() if (found := _problems(spec.minor_version, manifest))}
    assert wrong == {}
    assert orphans(manifests, _existing(spec)) == []


def _problems(minor: int, manifest: dict[str, Any]) -> list[str]:
    return _validated(minor, json.dumps(manifest, sort_keys=True, default=str))


@cache
def _validated(minor: int, text: str) -> list[str]:
    manifest = json.loads(text)
    api, kind = manifest.pop("apiVersion"), manifest.pop("kind")
    return [str(one) for one in CHECKS[minor].check(f"kubernetes:{'core/v1' if api == 'v1' else api}:{kind}", manifest)]


def _existing(spec: AgentSpec) -> set[str]:
    own = spec.credentials
    given = (own.api_key, own.app_key, own.cluster_agent_token, spec.metrics_serving.certificate)
    return {one.name for one in given if isinstance(one, ExistingSecret)}

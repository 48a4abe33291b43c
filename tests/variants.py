"""What is proved of Kubernetes objects is proved of every stack, and of one that has everything on."""

from __future__ import annotations

import dataclasses

from components.agent.features import Feature
from infra.settings import Settings
from infra.settings.agents import AgentsSettings
from reports.stacks import settings_of
from stacks.check import check
from stacks.specs import StackSpecs, compose
from tests.examples import STACKS

EVERYTHING = "production with everything on"
"""Every feature of the agents, and settings that add something to their objects."""
VARIANTS = (*STACKS, EVERYTHING)

_AGENTS = AgentsSettings.model_validate(
    {
        "registry": "mirror.example.com:5000/datadog",
        "pullSecrets": ["mirror"],
        "pools": [
            {"name": "gpu", "label": "example.com/pool", "value": "gpu", "nodeSize": {"cpu": "16", "memory": "64Gi"}},
            {
                "name": "edge",
                "label": "example.com/pool",
                "value": "edge",
                "without": ["network", "service-monitoring"],
            },
        ],
        "tolerations": [{"key": "example.com/gpu", "operator": "Exists", "effect": "NoSchedule"}],
        "clusterTolerations": [{"key": "example.com/tools", "value": "yes"}],
        "proxy": {"https": "http://proxy.example.com:3128", "noProxy": ["10.0.0.0/8"]},
        "externalMetrics": {"skipVerification": True},
        "secretBackend": {"command": "/readsecret_multiple_providers.sh", "arguments": ["/etc/secrets"]},
    }
)


def specs_of(variant: str, kubernetes_version: str | None = None) -> tuple[str, StackSpecs]:
    """The stack's name, and its specs: for the version in its settings unless another is given."""
    stack = "production" if variant == EVERYTHING else variant
    settings = settings_of(stack)
    if variant == EVERYTHING:
        settings = _with(settings, agents=_AGENTS)
    if kubernetes_version:
        cluster = settings.kubernetes.model_copy(update={"version": kubernetes_version})
        settings = _with(settings, kubernetes=cluster)
    specs = compose(settings, stack)
    if variant == EVERYTHING:
        specs = dataclasses.replace(specs, agent=dataclasses.replace(specs.agent, features=frozenset(Feature)))
    assert check(specs) == []
    return stack, specs


def _with(settings: Settings, **changes: object) -> Settings:
    return settings.model_copy(update=changes)

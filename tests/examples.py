"""Valid settings that tests start from and change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contract.world import World
from infra.settings import SECRETS, Settings, load

STACKS = ("production", "sandbox", "staging")
"""Every stack that has a file."""
VALUES: Mapping[str, Any] = {
    "environment": "production",
    "sentry": {"organization": "example"},
    "kubernetes": {"clusterName": "example-cluster"},
    "endpoints": {"api": "https://api.example.com", "web": "https://example.com"},
    "routing": {
        "critical": ["pagerduty-example", "slack-alerts"],
        "warning": ["slack-warnings"],
        "business": ["slack-business"],
    },
    "runbooks": {"baseUrl": "https://example.com/runbooks"},
    "datadogApiKey": "made-up-api-key",
    "datadogAppKey": "made-up-app-key",
    "sentryAuthToken": "made-up-token",
}


WORLD = World(
    environment="production",
    cluster="example-cluster",
    services={
        "genonaut-api": frozenset({"fastapi.request", "pagination"}),
        "genonaut-worker": frozenset({"celery.run"}),
        "genonaut-web": frozenset({"browser"}),
        "genonaut-postgres": frozenset({"postgres"}),
        "genonaut-redis": frozenset({"redis"}),
        "genonaut-flower": frozenset({"flower"}),
    },
)
"""What the queries of tests are proved against."""


def settings(**changes: Any) -> Settings:
    """Valid settings with top-level keys replaced; None takes a key out."""
    values = {key: value for key, value in {**VALUES, **changes}.items() if value is not None}
    return load(as_configuration(values), SECRETS, source="Pulumi.example.yaml")


def as_configuration(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as the engine hands them to the program: text, JSON for lists and mappings."""
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}

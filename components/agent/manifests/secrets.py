"""The agents' Secrets, and how containers name them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from components.agent.features import Feature
from components.agent.manifests.parts import (
    env_secret,
)
from components.agent.spec import AgentSpec, ExistingSecret
from components.manifests import Manifest, manifest
from infra.secrets import Generated

TOKEN_LENGTH = 64
"""Characters; the agents refuse fewer than 32."""


@dataclass(frozen=True, slots=True)
class _Secret:
    name: str
    key: str


API_KEY = _Secret("datadog-agent-api-key", "api-key")
APP_KEY = _Secret("datadog-agent-app-key", "app-key")
TOKEN = _Secret("datadog-cluster-agent-token", "token")


def secrets(spec: AgentSpec) -> dict[str, Manifest]:
    """Those that nobody else keeps, by logical name."""
    wanted: list[tuple[_Secret, SecretStr | ExistingSecret | Generated]] = [(API_KEY, spec.credentials.api_key)]
    if Feature.EXTERNAL_METRICS in spec.features:
        wanted.append((APP_KEY, spec.credentials.app_key))
    if Feature.CLUSTER_AGENT in spec.features:
        wanted.append((TOKEN, spec.credentials.cluster_agent_token or Generated(TOKEN_LENGTH)))
    return {
        secret.name: manifest(
            "v1", "Secret", secret.name, spec.namespace, type="Opaque", stringData={secret.key: value}
        )
        for secret, value in wanted
        if not isinstance(value, ExistingSecret)
    }


def api_key(spec: AgentSpec) -> Manifest:
    """DD_API_KEY."""
    return _env("DD_API_KEY", API_KEY, spec.credentials.api_key)


def app_key(spec: AgentSpec) -> Manifest:
    """DD_APP_KEY."""
    return _env("DD_APP_KEY", APP_KEY, spec.credentials.app_key)


def token(spec: AgentSpec) -> Manifest:
    """DD_CLUSTER_AGENT_AUTH_TOKEN."""
    return _env("DD_CLUSTER_AGENT_AUTH_TOKEN", TOKEN, spec.credentials.cluster_agent_token)


def _env(variable: str, own: _Secret, value: SecretStr | ExistingSecret | None) -> Manifest:
    return env_secret(variable, value.name if isinstance(value, ExistingSecret) else own.name, own.key)

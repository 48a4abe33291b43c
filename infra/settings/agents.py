"""What the agents must know of a cluster and its surroundings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from infra.settings.section import Section, Slug, Word

CpuQuantity = Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9]+m|[0-9]+(\.[0-9]{1,3})?)$")]
MemoryQuantity = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]+(Mi|Gi)$")]
ProxyUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/@]+/?$")]
# https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
Version = Annotated[
    str, StringConstraints(pattern=r"^([A-Za-z0-9_][A-Za-z0-9._-]*(@sha256:[0-9a-f]{64})?|sha256:[0-9a-f]{64})$")
]
Port = Annotated[int, Field(ge=1, le=65535)]
NodeFeature = Literal[
    "apm", "dogstatsd", "otlp", "logs", "processes", "network", "service-monitoring", "prometheus",
]  # fmt: skip


class NodeSizeSettings(Section):
    """What a node has."""

    cpu: CpuQuantity = Field(default="4", description='a quantity in quotes, such as "4" or "3500m"')
    memory: MemoryQuantity = Field(default="16Gi", description="a quantity such as 16Gi or 16384Mi")
    pods: Annotated[int, Field(ge=1, le=1000)] = Field(default=110, description="how many pods its kubelet accepts")

    @property
    def millicores(self) -> int:
        """CPU in thousandths of a core."""
        return int(self.cpu[:-1]) if self.cpu.endswith("m") else round(float(self.cpu) * 1000)

    @property
    def mebibytes(self) -> int:
        """Memory in MiB."""
        return int(self.memory[:-2]) * (1024 if self.memory.endswith("Gi") else 1)


class PoolSettings(Section):
    """Nodes with a label whose agents differ from all others."""

    name: Slug = Field(description="lower case letters, digits, hyphens")
    label: Word = Field(description="the label that tells pools apart, the same for all of them")
    value: Word = Field(description="its value on the nodes of this pool")
    node_size: NodeSizeSettings = Field(default=NodeSizeSettings(), description="cpu, memory, pods")
    without: tuple[NodeFeature, ...] = Field(default=(), description="features that these nodes do without")


class TolerationSettings(Section):
    """A taint that pods tolerate, as Kubernetes has it."""

    key: str | None = Field(default=None, description="the taint's key")
    operator: str = Field(default="Equal", description="Exists or Equal")
    value: str | None = Field(default=None, description="the taint's value")
    effect: str | None = Field(default=None, description="NoSchedule, PreferNoSchedule or NoExecute")


class ProxySettings(Section):
    """The web proxy on the way to Datadog."""

    http: ProxyUrl | None = Field(default=None, description="a URL without user and password")
    https: ProxyUrl | None = Field(default=None, description="a URL without user and password")
    no_proxy: tuple[Word, ...] = Field(default=(), description="a list of hosts that are reached directly")


class OtlpSettings(Section):
    """Where OpenTelemetry arrives."""

    grpc_port: Port = Field(default=4317, description="a port")
    http_port: Port = Field(default=4318, description="a port")


class ExistingSecretSettings(Section):
    """Secrets of the agents' namespace that somebody else keeps, used instead of ours."""

    api_key: Word | None = Field(default=None, description="the name of a Secret with the key api-key")
    app_key: Word | None = Field(default=None, description="the name of a Secret with the key app-key")
    cluster_agent_token: Word | None = Field(
        default=None, description="the name of a Secret with the key token, at least 32 characters"
    )


class ExternalMetricsSettings(Section):
    """How the API server knows who answers for external metrics."""

    ca_bundle: str | None = Field(default=None, description="the certificate authority, as PEM text")
    certificate_secret: Word | None = Field(
        default=None, description="the name of a Secret of type kubernetes.io/tls in the agents' namespace"
    )
    skip_verification: bool = Field(default=False, description="true or false")


class SecretBackendSettings(Section):
    """A program of the agents' image that reads secrets for them."""

    command: Word | None = Field(default=None, description="its path in the image")
    arguments: tuple[str, ...] = Field(default=(), description="a list of texts")
    timeout: Annotated[int, Field(ge=1, le=300)] = Field(default=30, description="seconds")


class AgentsSettings(Section):
    """The agents of this stack's cluster. Everything has a default."""

    registry: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*$")] = Field(
        default="registry.datadoghq.com", description="a registry or mirror, with a path where it has one"
    )
    version: Version | None = Field(default=None, description="a tag, tag@sha256:... or sha256:..., of the image agent")
    cluster_agent_version: Version | None = Field(default=None, description="the same of the image cluster-agent")
    pull_secrets: tuple[Word, ...] = Field(default=(), description="names of Secrets for that registry")
    node_size: NodeSizeSettings = NodeSizeSettings()
    nodes: Annotated[int, Field(ge=1)] = Field(default=10, description="how many nodes to expect")
    pools: tuple[PoolSettings, ...] = Field(default=(), description="nodes whose agents differ")
    tolerations: tuple[TolerationSettings, ...] = Field(
        default=(TolerationSettings(operator="Exists"),), description="of the node agents; every taint when left out"
    )
    cluster_tolerations: tuple[TolerationSettings, ...] = Field(
        default=(), description="of the cluster agent and the runners"
    )
    proxy: ProxySettings = ProxySettings()
    otlp: OtlpSettings = OtlpSettings()
    existing_secrets: ExistingSecretSettings = ExistingSecretSettings()
    external_metrics: ExternalMetricsSettings = ExternalMetricsSettings()
    verify_kubelet: bool = Field(default=True, description="true or false")
    secret_backend: SecretBackendSettings = SecretBackendSettings()
    injection: Literal["socket", "service"] = Field(default="socket", description="socket or service")

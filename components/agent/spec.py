"""What the agents are, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import SecretStr

from components.agent.features import Feature
from components.agent.permissions.accounts import Account
from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeSize:
    """What a node has: CPU in millicores, memory in MiB, pods at most."""

    cpu: int = 4000
    memory: int = 16 * 1024
    pods: int = 110
    """The kubelet's own default (`maxPods`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretKey:
    """One key of a Kubernetes Secret that a check reads."""

    namespace: str
    name: str
    key: str

    @property
    def handle(self) -> str:
        """What stands in a check's configuration for the value (https://docs.datadoghq.com/agent/configuration/secrets-management/)."""
        return f"ENC[k8s_secret@{self.namespace}/{self.name}/{self.key}]"


CHECK_FILES = "/etc/datadog-agent/check-files"
"""The folder of what checks read besides their configuration, wherever they run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckConfig:
    """The configuration of one agent check: a file of `conf.d/<check>.d`."""

    check: str
    """The check's name, such as `postgres`."""
    instances: tuple[Mapping[str, Any], ...]
    init_config: Mapping[str, Any] = field(default_factory=dict[str, Any])
    cluster_check: bool = False
    """Whether it runs once in the cluster, handed out by the cluster agent, rather than on every node."""
    secrets: tuple[SecretKey, ...] = ()
    """What its instances name by `SecretKey.handle`: whoever runs the check may read these, and nothing else."""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """Text by name of what it reads from `CHECK_FILES`, such as certificates; names are not shared between checks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExistingSecret:
    """A Secret of the agents' namespace that somebody else keeps, used instead of one of ours."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """Keys: values for Secrets of ours, or Secrets that are there already.

    The keys in these Secrets are `api-key`, `app-key` and `token`.
    """

    api_key: SecretStr | ExistingSecret
    app_key: SecretStr | ExistingSecret
    """Put into the cluster only for external metrics."""
    cluster_agent_token: ExistingSecret | None = None
    """What the agents prove themselves to the cluster agent with; made up once when None."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Images:
    """Where the agents come from, pinned by tag or digest."""

    agent: str
    cluster_agent: str
    pull_secrets: tuple[str, ...] = ()
    """Secrets of the agents' namespace with the registry's credentials."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NodePool:
    """Nodes with a label whose agents differ from all others."""

    key: str
    """Part of the name of its DaemonSet."""
    label: str
    value: str
    node: NodeSize
    without: frozenset[Feature] = frozenset()
    """Features of the node agent that these nodes do without."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where the agents run."""

    node: NodeSize = NodeSize()
    pools: tuple[NodePool, ...] = ()
    nodes: int = 10
    """How many nodes to expect: what the cluster agent's size follows."""
    tolerations: tuple[Mapping[str, Any], ...] = ({"operator": "Exists"},)
    """Of the node agents. The default tolerates every taint: a node without an agent is a node nobody sees."""
    cluster_tolerations: tuple[Mapping[str, Any], ...] = ()
    """Of the cluster agent and the runners, which any few nodes can carry."""
    cluster_agent_replicas: int = 2
    runner_replicas: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Proxy:
    """The web proxy on the way to Datadog: URLs without credentials."""

    http: str | None = None
    https: str | None = None
    no_proxy: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricsServing:
    """How the API server knows that it talks to the cluster agent when it asks for external metrics."""

    certificate: ExistingSecret | None = None
    """A Secret of type kubernetes.io/tls, for `datadog-cluster-agent-metrics-api.<namespace>.svc`."""
    ca_bundle: str | None = None
    """The certificate authority that signed it, as PEM text."""
    skip_verification: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretBackend:
    """A program of the image that agents ask for the values of `ENC[...]` handles."""

    command: str = "/readsecret_multiple_providers.sh"
    """The default comes with the images; it reads Kubernetes Secrets and files."""
    arguments: tuple[str, ...] = ()
    timeout: int = 30
    """Seconds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtlpPorts:
    """Where OpenTelemetry arrives."""

    grpc: int = 4317
    http: int = 4318


@dataclass(frozen=True, kw_only=True, slots=True)
class LogMask:
    """A kind of text that the agents take out of every line before it is sent."""

    name: str
    pattern: str
    """In RE2's syntax (https://github.com/google/re2/wiki/Syntax)."""
    replacement: str
    """Without `$`, which stands for a group there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentSpec:
    """All agents of one cluster."""

    environment: Environment
    cluster_name: str
    kubernetes_version: str
    """Such as 1.34."""
    namespace: str
    site: str
    features: frozenset[Feature]
    credentials: Credentials
    images: Images
    placement: Placement = Placement()
    proxy: Proxy = Proxy()
    otlp: OtlpPorts = OtlpPorts()
    metrics_serving: MetricsServing = MetricsServing()
    verify_kubelet: bool = True
    """Whether a kubelet must show a certificate of the cluster's authority; those of kubeadm's default cannot."""
    secret_backend: SecretBackend | None = None
    """None: the image's own program, and only where a check needs it."""
    injection: Literal["socket", "service"] = "socket"
    """How the admission controller lets pods reach the agents. A socket needs a hostPath volume in the pod, which the
    "baseline" and "restricted" Pod Security Standards forbid; the service needs none."""
    labels_as_tags: Mapping[str, str] = field(default_factory=dict[str, str])
    """Labels of pods and workloads, and the tags they become; see stacks/catalog/services.py."""
    checks: tuple[CheckConfig, ...] = ()
    masks: tuple[LogMask, ...] = ()

    def checks_run_by(self, account: Account) -> tuple[CheckConfig, ...]:
        """Checks of the cluster are the runners', or where there are none any node agent's; all others every node's."""
        runners = Feature.RUNNERS in self.features
        return tuple(
            check
            for check in self.checks
            if account is (Account.RUNNER if check.cluster_check and runners else Account.NODE)
        )

    @property
    def minor_version(self) -> int:
        """34 for Kubernetes 1.34."""
        return int(self.kubernetes_version.split(".")[1])

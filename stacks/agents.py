"""From settings and plan to the spec of the agents. Pure."""

from __future__ import annotations

from components.agent.features import Feature
from components.agent.own_metrics import own_metrics
from components.agent.spec import (
    AgentSpec,
    CheckConfig,
    Credentials,
    ExistingSecret,
    Images,
    MetricsServing,
    NodePool,
    NodeSize,
    OtlpPorts,
    Placement,
    Proxy,
    SecretBackend,
)
from infra.settings import Settings
from infra.settings.agents import AgentsSettings, NodeSizeSettings, TolerationSettings
from stacks.catalog.images import AGENT_VERSION, CLUSTER_AGENT_VERSION, image
from stacks.catalog.services import LABELS_AS_TAGS
from stacks.environment import AgentPlan
from stacks.logs import MASKS


def agents(settings: Settings, plan: AgentPlan, checks: tuple[CheckConfig, ...] = ()) -> AgentSpec:
    """The agents of a stack; `checks` are those that other areas want them to run."""
    own = settings.agents
    return AgentSpec(
        environment=settings.environment,
        cluster_name=settings.kubernetes.cluster_name,
        kubernetes_version=settings.kubernetes.version,
        namespace=settings.kubernetes.namespace,
        site=settings.datadog.site,
        features=plan.features,
        credentials=_credentials(settings),
        images=Images(
            agent=image(own.registry, "agent", own.version or AGENT_VERSION),
            cluster_agent=image(own.registry, "cluster-agent", own.cluster_agent_version or CLUSTER_AGENT_VERSION),
            pull_secrets=own.pull_secrets,
        ),
        placement=_placement(own, plan),
        proxy=Proxy(http=own.proxy.http, https=own.proxy.https, no_proxy=own.proxy.no_proxy),
        otlp=OtlpPorts(grpc=own.otlp.grpc_port, http=own.otlp.http_port),
        metrics_serving=MetricsServing(
            certificate=_existing(own.external_metrics.certificate_secret),
            ca_bundle=own.external_metrics.ca_bundle,
            skip_verification=own.external_metrics.skip_verification,
        ),
        verify_kubelet=own.verify_kubelet,
        secret_backend=_secret_backend(own),
        injection=own.injection,
        labels_as_tags=LABELS_AS_TAGS,
        checks=(own_metrics(), *checks),
        masks=MASKS,
    )


def _credentials(settings: Settings) -> Credentials:
    existing = settings.agents.existing_secrets
    return Credentials(
        api_key=_existing(existing.api_key) or settings.datadog_api_key,
        app_key=_existing(existing.app_key) or settings.datadog_app_key,
        cluster_agent_token=_existing(existing.cluster_agent_token),
    )


def _existing(name: str | None) -> ExistingSecret | None:
    return ExistingSecret(name=name) if name else None


def _placement(own: AgentsSettings, plan: AgentPlan) -> Placement:
    return Placement(
        node=_node(own.node_size),
        nodes=own.nodes,
        pools=tuple(
            NodePool(
                key=pool.name,
                label=pool.label,
                value=pool.value,
                node=_node(pool.node_size),
                without=frozenset(Feature(name) for name in pool.without),
            )
            for pool in own.pools
        ),
        tolerations=tuple(_toleration(one) for one in own.tolerations),
        cluster_tolerations=tuple(_toleration(one) for one in own.cluster_tolerations),
        cluster_agent_replicas=plan.cluster_agent_replicas,
        runner_replicas=plan.runner_replicas,
    )


def _node(size: NodeSizeSettings) -> NodeSize:
    return NodeSize(cpu=size.millicores, memory=size.mebibytes, pods=size.pods)


def _toleration(one: TolerationSettings) -> dict[str, str]:
    given = {"key": one.key, "operator": one.operator, "value": one.value, "effect": one.effect}
    return {name: value for name, value in given.items() if value is not None}


def _secret_backend(own: AgentsSettings) -> SecretBackend | None:
    backend = own.secret_backend
    if backend.command is None:
        return None
    return SecretBackend(command=backend.command, arguments=backend.arguments, timeout=backend.timeout)

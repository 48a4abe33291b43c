"""Which Datadog, Sentry, Kubernetes cluster and Docker engine a stack talks to."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from infra.settings.section import Section, Slug, Url, Word

# https://docs.datadoghq.com/getting_started/site/
DatadogSite = Literal[
    "datadoghq.com", "us3.datadoghq.com", "us5.datadoghq.com", "datadoghq.eu", "ap1.datadoghq.com",
    "ap2.datadoghq.com", "ddog-gov.com",
]  # fmt: skip


class DatadogSettings(Section):
    """Which Datadog organisation's API to talk to."""

    site: DatadogSite = Field(default="datadoghq.com", description=f"one of {', '.join(get_args(DatadogSite))}")
    api_url: Url | None = Field(
        default=None, description="a URL such as https://api.datadoghq.eu; left out, it follows from site"
    )
    owner_stack: Slug = Field(
        default="production",
        description="the one stack that makes what the whole organisation shares: channels, teams, on-call, traces",
    )
    percentiles: tuple[Literal["application", "loadTest"], ...] = Field(
        default=(),
        description="application, loadTest: whose metrics have arrived, so that Datadog can keep percentiles of them",
    )

    @property
    def api(self) -> str:
        """The API's base URL, without a path."""
        return (self.api_url or f"https://api.{self.site}").rstrip("/")

    @property
    def pages(self) -> str:
        """Where people look at Datadog, without a path: sites with a region in their name need no `app`."""
        return f"https://{self.site}" if self.site.count(".") > 1 else f"https://app.{self.site}"


class SentryTarget(Section):
    """Where Sentry sends what Datadog sends to one handle: its integrations have numbers of their own."""

    integration: Annotated[str, StringConstraints(strict=True, pattern=r"^\d+$")] = Field(
        description='the number of the integration in Sentry, in quotes, such as "12345"'
    )
    id: str = Field(
        default="", description="the id of the Slack channel (Sentry finds it if left out), PagerDuty service or team"
    )
    name: Annotated[str, StringConstraints(min_length=1)] = Field(
        description='the name of the channel, service or team, such as "#alerts"'
    )


class SentrySettings(Section):
    """Which Sentry organisation to talk to, and whom its alerts reach."""

    organization: Slug = Field(
        description="the organization's slug, as in its URL: lower case letters, digits, hyphens"
    )
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?/api/$")] = Field(
        default="https://sentry.io/api/",
        description="a URL that ends in /api/, such as https://sentry.example.com/api/",
    )
    targets: dict[str, SentryTarget] = Field(
        default_factory=dict,
        description="for a handle of routing, where that is in Sentry: integration, id, name; else the team is told",
    )


class KubernetesSettings(Section):
    """Which cluster the agents run in. With neither path nor the secret `kubeconfig`, kubectl's default is used."""

    cluster_name: Slug = Field(
        description="the cluster's name as Datadog shows it: lower case letters, digits, hyphens"
    )
    version: Annotated[str, StringConstraints(strict=True, pattern=r"^1\.(2[5-9]|3[0-9])$")] = Field(
        default="1.34", description='the cluster\'s version in quotes, such as "1.34"; 1.25 is the oldest supported'
    )
    kubeconfig_path: Word | None = Field(default=None, description="the path of a kubeconfig file")
    context: Word | None = Field(default=None, description="a context of that kubeconfig")
    namespace: Slug = Field(default="datadog", description="the namespace the agents live in")


class DockerSettings(Section):
    """Which Docker engine builds images."""

    host: Annotated[str, StringConstraints(pattern=r"^(unix|npipe|tcp|ssh)://\S+$")] = Field(
        default="unix:///var/run/docker.sock",
        description="an address such as unix:///var/run/docker.sock or tcp://builder:2376",
    )

"""All settings of a stack."""

from __future__ import annotations

from pydantic import Field, model_validator

from infra.naming import PAGERS, Environment, Tier
from infra.settings.agents import AgentsSettings
from infra.settings.business import BusinessSettings
from infra.settings.databases import DatabasesSettings
from infra.settings.endpoints import EndpointSettings
from infra.settings.load_test import LoadTestSettings
from infra.settings.logs import LogsSettings
from infra.settings.routing import SENTRY_KINDS, RoutingSettings, RunbookSettings
from infra.settings.section import Secret, Section
from infra.settings.vendors import DatadogSettings, DockerSettings, KubernetesSettings, SentrySettings
from infra.settings.web import WebSettings
from infra.settings.workloads import WorkloadsSettings

SECRETS = ("datadogApiKey", "datadogAppKey", "sentryAuthToken", "kubeconfig", "pagerdutyServiceKey")
"""Keys that must be stored encrypted."""


class Settings(Section):
    """Everything that differs per stack."""

    environment: Environment = Field(description=f"one of {', '.join(Environment)}")
    datadog: DatadogSettings = DatadogSettings()
    sentry: SentrySettings
    kubernetes: KubernetesSettings
    databases: DatabasesSettings = DatabasesSettings()
    business: BusinessSettings = BusinessSettings()
    workloads: WorkloadsSettings = WorkloadsSettings()
    docker: DockerSettings = DockerSettings()
    agents: AgentsSettings = AgentsSettings()
    endpoints: EndpointSettings = EndpointSettings()
    logs: LogsSettings = LogsSettings()
    web: WebSettings = WebSettings()
    load_test: LoadTestSettings = LoadTestSettings()
    routing: RoutingSettings
    runbooks: RunbookSettings
    protect: bool = Field(default=False, description="true or false")
    datadog_api_key: Secret = Field(description="pulumi config set --secret datadogApiKey")
    datadog_app_key: Secret = Field(description="pulumi config set --secret datadogAppKey")
    sentry_auth_token: Secret = Field(description="pulumi config set --secret sentryAuthToken")
    kubeconfig: Secret | None = Field(default=None, description="pulumi config set --secret kubeconfig < FILE")

    pagerduty_service_key: Secret | None = Field(
        default=None, description="pulumi config set --secret pagerdutyServiceKey"
    )

    @model_validator(mode="after")
    def _only_production_pages(self) -> Settings:
        pagers = [r for tier in Tier for r in self.routing.recipients(tier) if r.startswith(PAGERS)]
        if pagers and self.environment is not Environment.PRODUCTION:
            raise ValueError(
                f"routing|{', '.join(pagers)} would page somebody from {self.environment}|only production pages"
            )
        routed = {handle for tier in Tier for handle in self.routing.recipients(tier)}
        if strangers := sorted({*self.sentry.targets} - routed):
            raise ValueError(f"sentry.targets|{', '.join(strangers)}: routing names no such handle|one of routing's")
        if strange := sorted(one for one in self.sentry.targets if not one.startswith(SENTRY_KINDS)):
            raise ValueError(
                f"sentry.targets|{', '.join(strange)}: Sentry cannot be sent there|{', '.join(SENTRY_KINDS)}"
            )
        if (
            self.load_test.repository
            and self.environment is Environment.PRODUCTION
            and not self.load_test.in_production
        ):
            raise ValueError(
                "loadTest.repository|would put production under load"
                "|leave loadTest out, or say loadTest.inProduction: true if that is meant"
            )
        if self.kubeconfig and self.kubernetes.kubeconfig_path:
            raise ValueError("kubernetes.kubeconfigPath|given together with the secret kubeconfig|keep one of the two")
        return self

"""The explicit providers of a stack, made from Settings. Default providers are switched off in Pulumi.yaml."""

from __future__ import annotations

from functools import cached_property

import pulumi
import pulumi_datadog as datadog
import pulumi_docker as docker
import pulumi_kubernetes as kubernetes
import pulumiverse_sentry as sentry

from infra.settings import Settings
from sentry_alerts.sdk import Provider as SentryAlerts


class Providers:
    """One provider per vendor, each made when first asked for.

    Made on demand because a provider that exists is also configured: the Docker one, for instance, must reach its
    engine even in a preview, which a stack without images should not have to.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def datadog(self) -> datadog.Provider:
        """Datadog, at the site or API URL of the settings."""
        return datadog.Provider(
            "datadog",
            api_key=self._settings.datadog_api_key.get_secret_value(),
            app_key=self._settings.datadog_app_key.get_secret_value(),
            api_url=self._settings.datadog.api,
        )

    @cached_property
    def sentry(self) -> sentry.Provider:
        """Sentry, at the base URL of the settings."""
        return sentry.Provider(
            "sentry",
            token=self._settings.sentry_auth_token.get_secret_value(),
            base_url=self._settings.sentry.base_url,
        )

    @cached_property
    def sentry_alerts(self) -> SentryAlerts:
        """Sentry's alerts and project settings, by our own provider (docs/sentry-provider.md)."""
        return SentryAlerts(
            "sentry-alerts",
            token=self._settings.sentry_auth_token.get_secret_value(),
            base_url=self._settings.sentry.base_url,
        )

    @cached_property
    def kubernetes(self) -> kubernetes.Provider:
        """Kubernetes, in the cluster of the settings; kubectl's default where they name none."""
        own = self._settings.kubernetes
        text = self._settings.kubeconfig
        return kubernetes.Provider(
            "kubernetes",
            # The SDK does not mark it secret, although it carries credentials.
            kubeconfig=pulumi.Output.secret(text.get_secret_value()) if text else own.kubeconfig_path,
            context=own.context,
            # ConfigMaps and Secrets change in place: replacing one is refused where `protect` is on.
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
        )

    @cached_property
    def docker(self) -> docker.Provider:
        """Docker, at the engine of the settings; it builds and pushes our own images."""
        return docker.Provider("docker", host=self._settings.docker.host)

"""What is seen of browsers, as resources."""

from __future__ import annotations

import pulumi
import pulumi_datadog as datadog

from components.rum.compile import (
    compile_application,
    compile_config_map,
    compile_filter,
    compile_metric,
    config_name,
    config_text,
)
from components.rum.spec import ApplicationSpec, RumSpec
from infra import kubernetes
from infra.naming import Mark


class RealUserMonitoring(pulumi.ComponentResource):
    """All front ends of a stack: what they are told, which sessions are kept, and the metrics made of them."""

    applications: pulumi.Output[dict[str, str]]
    """Application ids by logical name."""
    client_tokens: pulumi.Output[dict[str, str]]
    """Client tokens by logical name; secret here, although browsers get to see them."""

    def __init__(self, name: str, spec: RumSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:rum:RealUserMonitoring", name, None, opts)
        self._spec, self._mark = spec, Mark(spec.stack)
        self._child = pulumi.ResourceOptions(parent=self)
        made = {one.key: self._application(one) for one in spec.applications}
        for metric in spec.metrics:
            datadog.RumMetric(metric.key, opts=self._child, **compile_metric(metric))
        self.applications = pulumi.Output.all(**{key: app.id for key, app in made.items()})
        self.client_tokens = pulumi.Output.all(**{key: app.client_token for key, app in made.items()})
        self.register_outputs({"applications": self.applications, "clientTokens": self.client_tokens})

    def _application(self, spec: ApplicationSpec) -> datadog.RumApplication:
        # The provider does not mark the token secret.
        opts = pulumi.ResourceOptions(parent=self, additional_secret_outputs=["client_token"])
        made = datadog.RumApplication(spec.key, opts=opts, **compile_application(spec, self._mark))
        for one in self._spec.filters:
            datadog.RumRetentionFilter(
                f"{spec.key}-{one.key}", application_id=made.id, opts=self._child, **compile_filter(one, self._mark)
            )
        # Also where the engine does not see to it, as in a preview before the application is there.
        token: pulumi.Output[str] = pulumi.Output.secret(made.client_token)
        text = pulumi.Output.all(made.id, token).apply(lambda both: config_text(self._spec, spec, *both))
        kubernetes.declare(config_name(spec), compile_config_map(self._spec, spec, text), self._child)
        return made

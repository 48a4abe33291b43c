"""The browser applications as resources."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_datadog as datadog

from components.rum.compile import compile_application
from components.rum.spec import RumSpec


class RealUserMonitoring(pulumi.ComponentResource):
    """All browser applications of a stack."""

    applications: pulumi.Output[dict[str, str]]
    """Application ids by logical name."""
    client_tokens: pulumi.Output[dict[str, str]]
    """Client tokens by logical name; secret here, although browsers get to see them."""

    def __init__(self, name: str, spec: Sequence[RumSpec], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:rum:RealUserMonitoring", name, None, opts)
        # The provider does not mark the token secret.
        child = pulumi.ResourceOptions(parent=self, additional_secret_outputs=["client_token"])
        made = {app.key: datadog.RumApplication(app.key, opts=child, **compile_application(app)) for app in spec}
        self.applications = pulumi.Output.all(**{key: app.id for key, app in made.items()})
        self.client_tokens = pulumi.Output.all(**{key: app.client_token for key, app in made.items()})
        self.register_outputs({"applications": self.applications, "clientTokens": self.client_tokens})

"""The provider as a resource: which Sentry, and with which token."""

from __future__ import annotations

import pulumi

from sentry_alerts import PACKAGE


class Provider(pulumi.ProviderResource):
    """An explicitly configured provider."""

    def __init__(
        self,
        resource_name: str,
        *,
        token: pulumi.Input[str],
        base_url: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """`base_url` ends in `/api/`; left out, it is sentry.io's. The token is kept as a secret."""
        super().__init__(PACKAGE, resource_name, {"token": pulumi.Output.secret(token), "baseUrl": base_url}, opts)

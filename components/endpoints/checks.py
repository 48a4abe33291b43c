"""From endpoints to the agent's HTTP and TLS checks, run once in the cluster.

Options: the `conf.yaml.example` of `http_check` and `tls` in https://github.com/DataDog/integrations-core.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from components.agent.spec import CheckConfig
from components.endpoints.spec import EndpointSpec, EndpointsSpec

TIMEOUT = 10
"""Seconds."""
_HTTPS = 443


def checks(spec: EndpointsSpec) -> tuple[CheckConfig, ...]:
    """The checks, for whoever runs cluster checks; none where there is no endpoint."""
    asked = tuple(_http(endpoint, spec) for endpoint in spec.endpoints)
    encrypted = tuple(_tls(endpoint, spec) for endpoint in spec.endpoints if urlsplit(endpoint.url).scheme == "https")
    return (
        *((CheckConfig(check="http_check", instances=asked, cluster_check=True),) if asked else ()),
        *((CheckConfig(check="tls", instances=encrypted, cluster_check=True),) if encrypted else ()),
    )


def _http(endpoint: EndpointSpec, spec: EndpointsSpec) -> dict[str, Any]:
    match = {"content_match": endpoint.never, "reverse_content_match": True} if endpoint.never else {}
    return {
        "name": endpoint.service,
        "url": endpoint.url,
        "timeout": TIMEOUT,
        # The TLS check looks at certificates; here they only have to be right.
        "check_certificate_expiration": False,
        **match,
        "tags": _tags(endpoint, spec),
    }


def _tls(endpoint: EndpointSpec, spec: EndpointsSpec) -> dict[str, Any]:
    parts = urlsplit(endpoint.url)
    return {
        "name": endpoint.service,
        "server": parts.hostname,
        "port": parts.port or _HTTPS,
        "server_hostname": parts.hostname,
        "timeout": TIMEOUT,
        "days_warning": spec.certificate_days_warning,
        "days_critical": spec.certificate_days,
        "tags": _tags(endpoint, spec),
    }


def _tags(endpoint: EndpointSpec, spec: EndpointsSpec) -> list[str]:
    # Cluster checks are of no host, so they have none of its tags.
    return [f"env:{spec.environment}", f"service:{endpoint.service}"]

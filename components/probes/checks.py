"""From addresses to the agent's HTTP and TLS checks, run once in the cluster.

Options: the `conf.yaml.example` of `http_check` and `tls` in https://github.com/DataDog/integrations-core.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from components.agent.spec import CheckConfig
from components.probes.spec import AddressSpec, ProbesSpec

TIMEOUT = 10
"""Seconds."""
_HTTPS = 443


def checks(spec: ProbesSpec) -> tuple[CheckConfig, ...]:
    """The checks, for whoever runs cluster checks; none where there is no address."""
    asked = tuple(_http(address, spec) for address in spec.addresses)
    encrypted = tuple(_tls(address, spec) for address in spec.addresses if urlsplit(address.url).scheme == "https")
    return (
        *((CheckConfig(check="http_check", instances=asked, cluster_check=True),) if asked else ()),
        *((CheckConfig(check="tls", instances=encrypted, cluster_check=True),) if encrypted else ()),
    )


def _http(address: AddressSpec, spec: ProbesSpec) -> dict[str, Any]:
    match = {"content_match": address.never, "reverse_content_match": True} if address.never else {}
    return {
        "name": address.service,
        "url": address.url,
        "timeout": TIMEOUT,
        # The TLS check looks at certificates; here they only have to be right.
        "check_certificate_expiration": False,
        **match,
        "tags": _tags(address, spec),
    }


def _tls(address: AddressSpec, spec: ProbesSpec) -> dict[str, Any]:
    parts = urlsplit(address.url)
    return {
        "name": address.service,
        "server": parts.hostname,
        "port": parts.port or _HTTPS,
        "server_hostname": parts.hostname,
        "timeout": TIMEOUT,
        "days_warning": spec.certificate_days_warning,
        "days_critical": spec.certificate_days,
        "tags": _tags(address, spec),
    }


def _tags(address: AddressSpec, spec: ProbesSpec) -> list[str]:
    # Cluster checks are of no host, so they have none of its tags.
    return [f"env:{spec.environment}", f"service:{address.service}"]

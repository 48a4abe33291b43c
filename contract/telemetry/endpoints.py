"""The HTTP and TLS checks (agent integrations `http_check` and `tls`): our addresses, seen from inside the cluster."""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status
from contract.telemetry.tags import free

# `env` and `service` are tags of the instances.
_HTTP = free("env", "service", "host", "instance", "url", "kube_cluster_name", "cluster_name")
_TLS = free("env", "service", "name", "server_hostname", "server", "port", "kube_cluster_name", "cluster_name")

_http = partial(model.gauge, source=Source.HTTP)
_tls = partial(model.gauge, source=Source.TLS)

METRICS = (
    _http("network.http.response_time", "second", _HTTP, "Time to the answer.", highest=60),
    _http("network.http.can_connect", None, _HTTP, "1 where the address answers as it should, 0 where not.", highest=1),
    _http("network.http.cant_connect", None, _HTTP, "The opposite of can_connect.", highest=1),
    _http("http.ssl.days_left", "day", _HTTP, "Days until the certificate ends."),
    _tls("tls.days_left", "day", _TLS, "Days until the certificate ends."),
    _tls("tls.seconds_left", "second", _TLS, "Seconds until the certificate ends."),
)

_UP_OR_DOWN = frozenset({Status.OK, Status.CRITICAL})

CHECKS = (
    ServiceCheck(
        name="http.can_connect",
        tags=_HTTP,
        statuses=_UP_OR_DOWN,
        source=Source.HTTP,
        description="Whether an address answers with the expected status and content in time.",
    ),
    ServiceCheck(
        name="http.ssl_cert",
        tags=_HTTP,
        statuses=frozenset(Status),
        source=Source.HTTP,
        description="Whether the certificate of an address holds for long enough.",
    ),
    *(
        ServiceCheck(name=f"tls.{name}", tags=_TLS, statuses=_UP_OR_DOWN, source=Source.TLS, description=description)
        for name, description in (
            ("can_connect", "Whether a TLS connection can be made."),
            ("version", "Whether the protocol's version is allowed."),
            ("cert_validation", "Whether the certificate is valid for the name."),
        )
    ),
    ServiceCheck(
        name="tls.cert_expiration",
        tags=_TLS,
        statuses=frozenset({Status.OK, Status.WARNING, Status.CRITICAL}),
        source=Source.TLS,
        description="Whether the certificate holds for longer than the limits of the instance.",
    ),
)

"""The settings of the databases: what is left out is in the cluster, what is wrong is named, all of it at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from infra.problems import ProblemsError
from infra.settings import SECRETS, load
from infra.settings.databases import DatabasesSettings
from tests.examples import VALUES, as_configuration, settings

CERTIFICATES = "-----BEGIN CERTIFICATE-----\nbWFkZS11cA==\n-----END CERTIFICATE-----\n"


def found(**values: Any) -> DatabasesSettings:
    return settings(databases=values).databases


def problems(**values: Any) -> list[str]:
    with pytest.raises(ProblemsError) as raised:
        load(as_configuration({**VALUES, "databases": values}), SECRETS, source="Pulumi.example.yaml")
    return [str(problem).removeprefix("genonaut-monitoring:databases.") for problem in raised.value.problems]


def test_what_is_left_out_is_in_the_cluster() -> None:
    default = settings().databases
    assert default.namespace == "default"
    assert (default.postgres_host, default.postgres.port) == ("postgres.default.svc", 5432)
    assert (default.postgres.database, default.postgres.ssl) == ("genonaut", "prefer")
    assert (default.redis_host, default.redis.port, default.redis.secret) == ("redis.default.svc", 6379, None)
    assert default.flower == "http://flower.default.svc:5555"


def test_the_hosts_follow_the_namespace() -> None:
    elsewhere = found(namespace="genonaut")
    assert elsewhere.postgres_host == "postgres.genonaut.svc"
    assert elsewhere.redis_host == "redis.genonaut.svc"
    assert elsewhere.flower == "http://flower.genonaut.svc:5555"


def test_a_managed_server_is_spoken_to_encrypted() -> None:
    managed = found(postgres={"managed": True, "host": "db.example.com"})
    assert managed.postgres_host == "db.example.com"
    assert managed.postgres.ssl == "require"
    verified = {"managed": True, "host": "db.example.com", "sslMode": "verify-full", "caCertificates": CERTIFICATES}
    assert found(postgres=verified).postgres.ssl == "verify-full"


def test_every_problem_is_named_at_once() -> None:
    assert problems(
        namespace="Not A Slug",
        postgres={"managed": True, "sslMode": "disable", "port": 0, "database": "x", "adminSecret": "Admin Secret"},
        redis={"host": "redis://redis", "caCertificates": CERTIFICATES},
        flowerUrl="flower:5555",
    ) == [
        'flowerUrl: "flower:5555" cannot be used (Flower\'s URL, such as http://flower.genonaut.svc:5555)',
        'namespace: "Not A Slug" cannot be used (the namespace Genonaut runs in, which holds the Secrets)',
        'postgres.adminSecret: "Admin Secret" cannot be used'
        " (the name of a Secret of type kubernetes.io/basic-auth in databases.namespace)",
        "postgres.host: is missing (a managed server's address, as its service gives it)",
        "postgres.port: 0 cannot be used (a number from 1 to 65535)",
        "postgres.sslMode: disable may leave the network unencrypted (one of require, verify-ca, verify-full)",
        "redis.caCertificates: is given, but TLS is off (databases.redis.tls true)",
        'redis.host: "redis://redis" cannot be used (a host name or address, without a scheme and a port)',
    ]


@pytest.mark.parametrize(
    ("postgres", "expected"),
    [
        ({"sslMode": "verify-full"}, "caCertificates: is missing, and sslMode is verify-full"),
        ({"sslMode": "verify-ca"}, "caCertificates: is missing, and sslMode is verify-ca"),
        ({"caCertificates": CERTIFICATES}, "caCertificates: is given, but nothing is verified against it"),
        ({"sslMode": "verify-full", "caCertificates": "/etc/ca.pem"}, 'caCertificates: "/etc/ca.pem" cannot be used'),
        ({"sslMode": "sure"}, 'sslMode: "sure" cannot be used (one of disable, allow'),
        ({"sslmode": "require"}, "sslmode: is not a setting (did you mean sslMode?)"),
        ({"database": 'of "two"; DROP ROLE datadog; --'}, "database: "),
        ({"database": "genonaut sslmode=disable"}, "database: "),
        ({"host": "/var/run/postgresql"}, "host: "),
        ({"host": "one,two"}, "host: "),
    ],
)
def test_a_problem_says_where_and_what_would_be_right(postgres: dict[str, Any], expected: str) -> None:
    (problem,) = problems(postgres=postgres)
    assert problem.startswith(f"postgres.{expected}")


@examples(deadline=None)
@given(st.text(min_size=1, max_size=70))
def test_a_database_name_that_is_accepted_needs_no_quotes(name: str) -> None:
    try:
        accepted = load(
            {**as_configuration(VALUES), "databases": json.dumps({"postgres": {"database": name}})}, SECRETS, "x"
        ).databases.postgres.database
    except ProblemsError:
        return
    assert accepted == name
    assert name.isascii()
    assert not set(name) & set(" \"'\\=;$\n")

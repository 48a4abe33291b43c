"""The checks: once in the cluster, tagged with their environment, and without a password in them."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from components.agent.spec import CHECK_FILES, CheckConfig
from components.databases.checks import checks
from components.databases.compile import compile_databases
from components.databases.spec import DatabasesSpec
from tests.unit.databases.examples import CERTIFICATES, SPEC

ENCRYPTED = dataclasses.replace(
    SPEC,
    postgres=dataclasses.replace(SPEC.postgres, ssl_mode="verify-full", ca_certificates=CERTIFICATES),
    redis=dataclasses.replace(SPEC.redis, tls=True, ca_certificates=CERTIFICATES),
)
OPEN = dataclasses.replace(SPEC, redis=dataclasses.replace(SPEC.redis, secret=None))


def one(check: str, spec: DatabasesSpec = SPEC) -> tuple[CheckConfig, dict[str, Any]]:
    (config,) = [config for config in checks(spec) if config.check == check]
    (instance,) = config.instances
    return config, dict(instance)


def test_each_server_is_asked_once_in_the_cluster() -> None:
    assert [config.check for config in checks(SPEC)] == ["postgres", "redisdb", "celery"]
    assert all(config.cluster_check for config in checks(SPEC))


def test_every_instance_says_its_environment_and_service() -> None:
    tags = {config.check: config.instances[0]["tags"] for config in checks(SPEC)}
    assert tags == {
        "postgres": ["env:staging", "service:shop-postgres"],
        "redisdb": ["env:staging", "service:shop-redis"],
        "celery": ["env:staging", "service:shop-flower"],
    }


def test_what_is_named_is_what_may_be_read() -> None:
    for spec in (SPEC, OPEN, ENCRYPTED):
        for config in checks(spec):
            named = {value for value in config.instances[0].values() if str(value).startswith("ENC[")}
            assert named == {secret.handle for secret in config.secrets}
    assert one("redisdb", OPEN)[0].secrets == ()


def test_the_check_reads_the_password_that_the_job_sets() -> None:
    (secret,) = one("postgres")[0].secrets
    made = compile_databases(SPEC)["datadog-postgres"]
    assert (secret.namespace, secret.name) == (made["metadata"]["namespace"], made["metadata"]["name"])
    assert secret.key in made["stringData"]


def test_postgres_is_one_billed_instance_in_the_database_that_has_the_function() -> None:
    _, instance = one("postgres")
    assert instance["dbm"] is True
    assert instance["dbname"] == "genonaut"
    assert instance["dbstrict"] is True
    assert "$" not in instance["database_identifier"]["template"]
    assert "staging" in instance["database_identifier"]["template"]
    assert "database_autodiscovery" not in instance
    assert [relation["relation_name"] for relation in instance["relations"]] == ["orders", "order_lines"]


def test_the_queues_are_counted_without_asking_for_servers_secrets() -> None:
    _, instance = one("redisdb")
    assert instance["keys"] == ["default", "generation", "unacked"]
    assert instance["warn_on_missing_keys"] is False
    assert instance["slowlog-max-len"] > 0


def test_tls_is_verified() -> None:
    postgres, redis = one("postgres", ENCRYPTED)[1], one("redisdb", ENCRYPTED)[1]
    assert postgres["ssl"] == "verify-full"
    assert (redis["ssl"], redis["ssl_cert_reqs"]) == (True, 2)
    assert [postgres["ssl_root_cert"], redis["ssl_ca_certs"]] == [
        f"{CHECK_FILES}/{name}" for config in checks(ENCRYPTED) for name in config.files
    ]
    assert {text for config in checks(ENCRYPTED) for text in config.files.values()} == {CERTIFICATES}
    assert not any(config.files for config in checks(SPEC))
    assert not {"ssl", "ssl_cert_reqs", "ssl_ca_certs"} & set(one("redisdb")[1])


def test_celery_is_read_from_flower() -> None:
    assert one("celery")[1]["openmetrics_endpoint"] == "http://flower.example.com:5555/metrics"


def test_the_configuration_can_be_written_down() -> None:
    for config in checks(ENCRYPTED):
        assert json.loads(json.dumps(dict(config.instances[0]))) == dict(config.instances[0])

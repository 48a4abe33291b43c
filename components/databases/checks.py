"""The agent's checks of PostgreSQL, Redis and Celery: run once in the cluster, each against its own server.

Options: the `conf.yaml.example` of `postgres`, `redisdb` and `celery` in https://github.com/DataDog/integrations-core.
"""

from __future__ import annotations

from typing import Any

from components.agent.spec import CHECK_FILES, CheckConfig, SecretKey
from components.databases.spec import PASSWORD_SECRET, USER, DatabasesSpec
from contract.telemetry.redis import UNACKNOWLEDGED

POSTGRES_CA, REDIS_CA = "postgres-ca.pem", "redis-ca.pem"

_VERIFY = 2  # ssl.CERT_REQUIRED, as the check spells it


def checks(spec: DatabasesSpec) -> tuple[CheckConfig, ...]:
    """The checks, for whoever runs cluster checks."""
    return (_postgres(spec), _redis(spec), _celery(spec))


def _postgres(spec: DatabasesSpec) -> CheckConfig:
    server = spec.postgres
    password = SecretKey(namespace=spec.namespace, name=PASSWORD_SECRET, key="password")
    instance = {
        "dbm": True,
        "host": server.host,
        "port": server.port,
        "username": USER,
        "password": password.handle,
        "ssl": server.ssl_mode,
        **({"ssl_root_cert": f"{CHECK_FILES}/{POSTGRES_CA}"} if server.ca_certificates else {}),
        "dbname": server.database,
        # The monitoring user can explain statements in this database only.
        "dbstrict": True,
        "collect_default_database": False,
        # Each identifier is billed as a database instance: one per environment, whatever the server's name is today.
        "database_identifier": {"template": f"genonaut-{spec.environment}"},
        "tags": _tags(spec, server.service),
        "disable_generic_tags": True,
        "collect_activity_metrics": True,
        "relations": [{"relation_name": table, "schemas": ["public"]} for table in server.tables],
        "custom_queries": [table_health(server.tables)],
    }
    return CheckConfig(
        check="postgres",
        instances=(instance,),
        cluster_check=True,
        secrets=(password,),
        files=_file(POSTGRES_CA, server.ca_certificates),
    )


_TABLE_HEALTH = """\
SELECT
    relname,
    n_dead_tup::float8 / greatest(n_live_tup + n_dead_tup, 1),
    n_mod_since_analyze::float8 / greatest(n_live_tup, n_mod_since_analyze, 1)
FROM pg_stat_user_tables
WHERE schemaname = 'public' AND relname IN (:tables)
"""


def table_health(tables: tuple[str, ...]) -> dict[str, Any]:
    """The custom query behind `genonaut.postgres.table.*`: what slows down pages before it fails.

    Dead rows are read and thrown away by every scan; rows changed since the last ANALYZE are what the planner does not
    know of. Both as fractions of the table's rows, so that one limit fits all tables. `relations` bring their sizes.
    """
    names = ", ".join(f"'{table}'" for table in tables)
    return {
        "metric_prefix": "genonaut.postgres",
        "query": _TABLE_HEALTH.replace(":tables", names),
        "columns": [
            {"name": "table", "type": "tag"},
            {"name": "table.dead_fraction", "type": "gauge"},
            {"name": "table.unanalyzed_fraction", "type": "gauge"},
        ],
        # Seconds. Vacuum is a matter of minutes.
        "collection_interval": 60,
    }


def _redis(spec: DatabasesSpec) -> CheckConfig:
    server = spec.redis
    username, password = (
        SecretKey(namespace=spec.namespace, name=server.secret or "", key=key) for key in ("username", "password")
    )
    instance = {
        "host": server.host,
        "port": server.port,
        **({"username": username.handle, "password": password.handle} if server.secret else {}),
        **({"ssl": True, "ssl_cert_reqs": _VERIFY} if server.tls else {}),
        **({"ssl_ca_certs": f"{CHECK_FILES}/{REDIS_CA}"} if server.ca_certificates else {}),
        "keys": [*server.queues, UNACKNOWLEDGED],
        # Redis has no empty lists: the key of an empty queue is missing, and the check then reports 0.
        "warn_on_missing_keys": False,
        # Said here, so that the check need not ask for it: CONFIG GET would also show the server's password.
        "slowlog-max-len": 128,
        "tags": _tags(spec, server.service),
    }
    return CheckConfig(
        check="redisdb",
        instances=(instance,),
        cluster_check=True,
        secrets=(username, password) if server.secret else (),
        files=_file(REDIS_CA, server.ca_certificates),
    )


def _celery(spec: DatabasesSpec) -> CheckConfig:
    instance = {
        "openmetrics_endpoint": f"{spec.flower.url}/metrics",
        "tags": _tags(spec, spec.flower.service),
    }
    return CheckConfig(check="celery", instances=(instance,), cluster_check=True)


def _tags(spec: DatabasesSpec, service: str) -> list[str]:
    # Said here, because checks take over none of the agent's own tags (propagate_agent_tags is false).
    return [f"env:{spec.environment}", f"service:{service}"]


def _file(name: str, text: str | None) -> dict[str, str]:
    return {} if text is None else {name: text}

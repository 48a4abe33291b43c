"""From settings and catalog to the spec of the databases. Pure."""

from __future__ import annotations

from components.databases.spec import DatabasesSpec, FlowerSpec, PostgresSpec, RedisSpec
from contract.telemetry.tags import QUEUES
from infra.settings import Settings
from stacks.catalog.databases import PAGINATED_TABLES
from stacks.catalog.images import PSQL
from stacks.catalog.infrastructure import FLOWER, POSTGRES, REDIS


def databases(settings: Settings) -> DatabasesSpec:
    """The databases of a stack."""
    given = settings.databases
    return DatabasesSpec(
        environment=settings.environment,
        namespace=given.namespace,
        postgres=PostgresSpec(
            service=POSTGRES,
            host=given.postgres_host,
            port=given.postgres.port,
            database=given.postgres.database,
            ssl_mode=given.postgres.ssl,
            ca_certificates=given.postgres.ca_certificates,
            admin_secret=given.postgres.admin_secret,
            image=PSQL,
            tables=PAGINATED_TABLES,
        ),
        redis=RedisSpec(
            service=REDIS,
            host=given.redis_host,
            port=given.redis.port,
            secret=given.redis.secret,
            tls=given.redis.tls,
            ca_certificates=given.redis.ca_certificates,
            queues=QUEUES,
        ),
        flower=FlowerSpec(service=FLOWER, url=given.flower),
    )

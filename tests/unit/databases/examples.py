"""Databases that tests start from and change."""

from __future__ import annotations

from components.databases.spec import DatabasesSpec, FlowerSpec, PostgresSpec, RedisSpec
from infra.naming import Environment

CERTIFICATES = "-----BEGIN CERTIFICATE-----\nbWFkZS11cA==\n-----END CERTIFICATE-----\n"

SPEC = DatabasesSpec(
    environment=Environment.STAGING,
    namespace="shop",
    postgres=PostgresSpec(
        service="shop-postgres",
        host="db.example.com",
        port=5433,
        database="genonaut",
        ssl_mode="prefer",
        ca_certificates=None,
        admin_secret="postgres-admin",  # noqa: S106
        image="registry.example.com/psql:17.1",
        tables=("orders", "order_lines"),
    ),
    redis=RedisSpec(
        service="shop-redis",
        host="redis.example.com",
        port=6380,
        secret="redis-datadog",  # noqa: S106
        tls=False,
        ca_certificates=None,
        queues=("default", "generation"),
    ),
    flower=FlowerSpec(service="shop-flower", url="http://flower.example.com:5555"),
)

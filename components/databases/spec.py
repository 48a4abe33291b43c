"""Which databases are watched, and how, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from infra.naming import Environment

USER = "datadog"
"""The role that the check connects as; sql/monitoring-user.sql makes it."""
PASSWORD_SECRET = "datadog-postgres"  # noqa: S105 (a name)
"""The Secret that holds its password, made up once; the job that sets it and the check that uses it both read it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PostgresSpec:
    """One PostgreSQL server, and the database in it that is the application's."""

    service: str
    """The value of its `service` tag."""
    host: str
    port: int
    database: str
    ssl_mode: str
    """In libpq's words (https://www.postgresql.org/docs/current/libpq-ssl.html)."""
    ca_certificates: str | None
    """PEM text; None where nothing is verified."""
    admin_secret: str
    """The Secret, with the keys `username` and `password`, of who may create the monitoring user."""
    image: str
    """An image with psql 14 or newer and a shell."""
    tables: tuple[str, ...]
    """Tables of the schema `public` that are watched one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RedisSpec:
    """One Redis server, cache and Celery's broker."""

    service: str
    """The value of its `service` tag."""
    host: str
    port: int
    secret: str | None
    """The Secret with the keys `username` and `password`; None where nobody asks for one."""
    tls: bool
    ca_certificates: str | None
    """PEM text; None for the system's authorities."""
    queues: tuple[str, ...]
    """Names of Celery's queues; each is a list of that name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowerSpec:
    """Celery's monitor, which tells about workers and tasks."""

    service: str
    """The value of its `service` tag."""
    url: str
    """Without a slash at its end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabasesSpec:
    """All of it, in one environment."""

    environment: Environment
    namespace: str
    """Where Genonaut runs: the Secrets are there, and so is the job that makes the monitoring user."""
    postgres: PostgresSpec
    redis: RedisSpec
    flower: FlowerSpec

"""Where Genonaut's databases and Flower are, and how one connects to them."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from infra.settings.section import Section, Slug, Url

# https://www.postgresql.org/docs/current/libpq-ssl.html
SslMode = Literal["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
VERIFYING = ("verify-ca", "verify-full")
ENCRYPTED = ("require", *VERIFYING)

Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$")]
Port = Annotated[int, Field(ge=1, le=65535)]
# Narrower than PostgreSQL's, which takes any character in quotes.
DatabaseName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,62}$")]
SecretName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
Certificates = Annotated[str, StringConstraints(pattern=r"^-----BEGIN CERTIFICATE-----\s")]

_PORT = "a number from 1 to 65535"
_HOST = "a host name or address, without a scheme and a port"
_SECRET = "the name of a Secret of type kubernetes.io/basic-auth in databases.namespace"  # noqa: S105 (a description)
_CERTIFICATES = "certificates of the authorities to trust, as PEM text that begins with -----BEGIN CERTIFICATE-----"


class PostgresSettings(Section):
    """Which PostgreSQL server and database."""

    managed: bool = Field(default=False, description="true for RDS, Cloud SQL and the like, where nobody is superuser")
    host: Host | None = Field(default=None, description=_HOST, validate_default=True)
    port: Port = Field(default=5432, description=_PORT)
    database: DatabaseName = Field(
        default="genonaut", description="a name of letters, digits, underscores and hyphens, at most 63"
    )
    ssl_mode: SslMode | None = Field(default=None, description=f"one of {', '.join(get_args(SslMode))}")
    ca_certificates: Certificates | None = Field(default=None, description=_CERTIFICATES, validate_default=True)
    admin_secret: SecretName = Field(default="postgres-admin", description=_SECRET)

    @field_validator("host")
    @classmethod
    def _a_managed_server_has_an_address(cls, host: str | None, info: ValidationInfo) -> str | None:
        if host is None and info.data.get("managed"):
            raise ValueError("databases.postgres.host|is missing|a managed server's address, as its service gives it")
        return host

    @field_validator("ssl_mode")
    @classmethod
    def _a_managed_server_is_not_spoken_to_in_the_clear(cls, mode: str | None, info: ValidationInfo) -> str | None:
        if mode is not None and mode not in ENCRYPTED and info.data.get("managed"):
            raise ValueError(
                f"databases.postgres.sslMode|{mode} may leave the network unencrypted|one of {', '.join(ENCRYPTED)}"
            )
        return mode

    @field_validator("ca_certificates")
    @classmethod
    def _verifying_needs_an_authority(cls, certificates: str | None, info: ValidationInfo) -> str | None:
        if "ssl_mode" not in info.data:
            return certificates  # it is wrong itself, and said to be
        mode, where = info.data["ssl_mode"], "databases.postgres.caCertificates"
        if certificates is None and mode in VERIFYING:
            raise ValueError(f"{where}|is missing, and sslMode is {mode}|{_CERTIFICATES}; or sslMode require")
        if certificates is not None and mode not in VERIFYING:
            raise ValueError(f"{where}|is given, but nothing is verified against it|sslMode verify-full")
        return certificates

    @property
    def ssl(self) -> str:
        """The mode in which one connects, in libpq's words."""
        return self.ssl_mode or ("require" if self.managed else "prefer")


class RedisSettings(Section):
    """Which Redis server."""

    host: Host | None = Field(default=None, description=_HOST)
    port: Port = Field(default=6379, description=_PORT)
    secret: SecretName | None = Field(default=None, description=f"{_SECRET}; left out, nobody asks for a password")
    tls: bool = Field(default=False, description="true or false")
    ca_certificates: Certificates | None = Field(default=None, description=f"{_CERTIFICATES}; left out, the system's")

    @field_validator("ca_certificates")
    @classmethod
    def _certificates_need_tls(cls, certificates: str | None, info: ValidationInfo) -> str | None:
        if certificates is not None and info.data.get("tls") is False:
            raise ValueError("databases.redis.caCertificates|is given, but TLS is off|databases.redis.tls true")
        return certificates


class DatabasesSettings(Section):
    """PostgreSQL, Redis and Flower; what is left out is in the cluster, under its usual name."""

    namespace: Slug = Field(default="default", description="the namespace Genonaut runs in, which holds the Secrets")
    postgres: PostgresSettings = PostgresSettings()
    redis: RedisSettings = RedisSettings()
    flower_url: Url | None = Field(default=None, description="Flower's URL, such as http://flower.genonaut.svc:5555")

    @property
    def postgres_host(self) -> str:
        """PostgreSQL's address."""
        return self.postgres.host or f"postgres.{self.namespace}.svc"

    @property
    def redis_host(self) -> str:
        """Redis' address."""
        return self.redis.host or f"redis.{self.namespace}.svc"

    @property
    def flower(self) -> str:
        """Flower's URL, without a slash at its end."""
        return (self.flower_url or f"http://flower.{self.namespace}.svc:5555").rstrip("/")

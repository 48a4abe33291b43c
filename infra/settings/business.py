"""Prometheus and Grafana, which hold and show the business metrics in the cluster."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from infra.settings.agents import Version
from infra.settings.databases import SecretName
from infra.settings.section import Section, Slug, Url, Word

Size = Annotated[str, StringConstraints(strict=True, pattern=r"^[1-9][0-9]*(Mi|Gi|Ti)$")]
# https://prometheus.io/docs/prometheus/latest/configuration/configuration/, the simple ones
Duration = Annotated[str, StringConstraints(strict=True, pattern=r"^[1-9][0-9]*[hdwy]$")]

_MEBIBYTES = {"Mi": 1, "Gi": 1024, "Ti": 1024 * 1024}
_SHARE_OF_BLOCKS = 0.8
"""Of the volume: the rest is for the write-ahead log and for blocks that are being joined. Prometheus advises this:
https://prometheus.io/docs/prometheus/latest/storage/#right-sizing-retention-size"""


def mebibytes(size: str) -> int:
    """A quantity such as 20Gi, in MiB."""
    return int(size[:-2]) * _MEBIBYTES[size[-2:]]


class StorageSettings(Section):
    """The volume that Prometheus writes to."""

    size: Size = Field(default="20Gi", description="a quantity such as 20Gi")
    storage_class: SecretName | None = Field(
        default=None, description="the name of a StorageClass; left out, the cluster's default"
    )


class RetentionSettings(Section):
    """How long Prometheus keeps what it read: whichever is reached first."""

    time: Duration = Field(default="90d", description="a duration such as 90d or 52w")
    size: Size | None = Field(
        default=None, description="a quantity smaller than storage.size; left out, 80 % of it, as Prometheus advises"
    )


class RemoteWriteSettings(Section):
    """A store that keeps the metrics for longer, over Prometheus' remote write. Left out, there is none."""

    url: Url | None = Field(default=None, description="the URL that takes remote writes")
    secret: SecretName | None = Field(
        default=None,
        description="a Secret of business.namespace with the key token, or password where username is set",
    )
    username: Word | None = Field(default=None, description="the user of basic authentication; else a bearer token")

    @model_validator(mode="after")
    def _whole(self) -> RemoteWriteSettings:
        if self.url is None and (self.secret or self.username):
            raise ValueError("business.remoteWrite.url|is missing, and a login is given for it|the URL of the store")
        if self.username and self.secret is None:
            raise ValueError(
                "business.remoteWrite.secret|is missing, and username is given|a Secret with the key password"
            )
        return self


class BusinessSettings(Section):
    """Prometheus and Grafana. Everything has a default."""

    namespace: Slug = Field(default="genonaut-business", description="a namespace of their own, which the stack makes")
    registry: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*$")] = Field(
        default="docker.io", description="a registry or mirror, with a path where it has one"
    )
    prometheus_version: Version | None = Field(
        default=None, description="a tag, tag@sha256:... or sha256:..., of the image prom/prometheus"
    )
    grafana_version: Version | None = Field(default=None, description="the same of the image grafana/grafana")
    pull_secrets: tuple[Word, ...] = Field(default=(), description="names of Secrets for that registry")
    storage: StorageSettings = StorageSettings()
    retention: RetentionSettings = RetentionSettings()
    remote_write: RemoteWriteSettings = RemoteWriteSettings()
    alertmanager: Url | None = Field(
        default=None, description="the URL of an Alertmanager; left out, alerts are only shown"
    )

    @model_validator(mode="after")
    def _blocks_fit(self) -> BusinessSettings:
        if self.retention.size and mebibytes(self.retention.size) >= mebibytes(self.storage.size):
            raise ValueError(
                f"business.retention.size|{self.retention.size} does not fit a volume of {self.storage.size}|"
                "80 % of business.storage.size, or leave it out"
            )
        return self

    @property
    def blocks(self) -> int:
        """How much the blocks may take, in MiB."""
        if self.retention.size:
            return mebibytes(self.retention.size)
        return round(mebibytes(self.storage.size) * _SHARE_OF_BLOCKS)

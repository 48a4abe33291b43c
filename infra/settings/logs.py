"""Logs: what else the organisation has, and where they are archived."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from infra.settings.section import Section

IndexName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")]
Text = Annotated[str, StringConstraints(pattern=r"^\S*$")]


class ArchiveSettings(Section):
    """A bucket that Datadog may write to; docs/logs.md says what each store needs."""

    store: Literal["s3", "gcs", "azure"] = Field(description="one of s3, gcs, azure")
    bucket: Annotated[str, StringConstraints(pattern=r"^\S+$")] = Field(
        description="the bucket's name; in Azure the container's"
    )
    path: Text = Field(default="", description="a folder in the bucket, such as /logs")
    account: Annotated[str, StringConstraints(strict=True, pattern=r"^\S*$")] = Field(
        default="",
        description='AWS: the account\'s number in quotes, such as "123456789012"; GCS: the service account; '
        "Azure: the storage account",
    )
    role: Text = Field(default="", description="AWS: the role of Datadog's integration; Azure: the client id")
    tenant: Text = Field(default="", description="Azure: the tenant id")
    compression: Literal["GZIP", "ZSTD"] = Field(default="GZIP", description="GZIP or ZSTD")


class LogsSettings(Section):
    """What the owner stack has to know about the organisation's logs."""

    other_indexes: tuple[IndexName, ...] = Field(
        default=("main",),
        description="all indexes of the organisation that this program does not make, in their order, such as [main]",
    )
    archive: ArchiveSettings | None = Field(
        default=None, description="where all logs are kept: store, bucket, path, account, role"
    )

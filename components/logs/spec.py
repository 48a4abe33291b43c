"""Logs, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Literal

from components.logs.processors import Processor
from contract.telemetry import LogMetric
from contract.world import World
from infra.naming import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusion:
    """Lines of an index that are not kept. Of several that fit a line, only the first one counts."""

    name: str
    query: str
    share: float = 1.0
    """How much of these lines is left out; above 0, 1 is all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """How many lines an index takes in a day; what comes after them is lost to it, not to metrics and archive."""

    events: int
    warn_at: float = 80.0
    """Percent at which Datadog writes an event: 50 to 99.99."""
    reset: str = "00:00"
    """The full hour at which the day begins."""
    offset: str = "+00:00"
    """Of that hour from UTC, in full hours."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexSpec:
    """One index: the lines that fit its filter, unless an index before it has taken them."""

    name: str
    """Never given again: Datadog keeps the names of indexes that were deleted."""
    environment: Environment
    """Whose lines it holds."""
    query: str
    retention_days: int
    quota: Quota
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def key(self) -> str:
        """Its logical name."""
        return f"logs-index-{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PipelineSpec:
    """What is made of the lines that fit a filter."""

    key: str
    title: str
    query: str
    processors: tuple[Processor, ...]
    brings: frozenset[str] = frozenset()
    """Attributes that the lines have before anything is made of them: those of JSON lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanRule:
    """One kind of text that nobody should read, and what stands in its place."""

    key: str
    title: str
    pattern: str
    """A regular expression in what RE2 and Datadog's scanner both know: no look-around, no references, no flags."""
    replacement: str
    tag: str
    """What a line is tagged with that had it, `key:value`."""
    priority: int
    """1 is the most serious, 5 the least (SensitiveDataScannerRule)."""
    at_agent: bool = False
    """Whether the agents already do it, so that it does not leave the cluster."""
    attributes_left_out: tuple[str, ...] = ()
    """Attributes that are not scanned."""


@unique
class Store(StrEnum):
    """Where an archive is."""

    S3 = "s3"
    GCS = "gcs"
    AZURE = "azure"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveSpec:
    """Where all lines are kept, also those that no index keeps."""

    store: Store
    bucket: str
    """The container, in Azure."""
    path: str = ""
    account: str = ""
    """The AWS account, GCS service account's address, or Azure storage account."""
    role: str = ""
    """The role in AWS, the application's client id in Azure."""
    tenant: str = ""
    """Azure's."""
    compression: Literal["GZIP", "ZSTD"] = "GZIP"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogsSpec:
    """Everything about logs that the owner stack makes."""

    stack: str
    worlds: tuple[World, ...]
    """The environments whose lines these are: a search must find something in one of them."""
    indexes: tuple[IndexSpec, ...]
    """In the order in which they are asked."""
    other_indexes: tuple[str, ...]
    """Indexes of the organisation that somebody else made; they are asked after ours."""
    planned_events: int
    """The most lines a day that the plan of costs allows for."""
    pipelines: tuple[PipelineSpec, ...]
    metrics: tuple[LogMetric, ...]
    scanning: tuple[ScanRule, ...]
    archive: ArchiveSpec | None = None

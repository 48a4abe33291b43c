"""What a run of the load generator found, and the file it is kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

QUANTILES: Mapping[str, float] = {"p50": 0.50, "p95": 0.95, "p99": 0.99}

Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


class ResultsError(Exception):
    """A file of results that cannot be used; the message says what is wrong with it, one problem a line."""


class Stored(BaseModel):
    """What is kept in files: frozen, and without room for unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Kept = TypeVar("Kept", bound=Stored)


class Latency(Stored):
    """How long answers took, in seconds, failed ones included."""

    p50: Seconds
    p95: Seconds
    p99: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Latency:
        if not self.p50 <= self.p95 <= self.p99:
            raise ValueError("p50, p95 and p99 must not fall")
        return self


class Endpoint(Stored):
    """One endpoint during one run."""

    requests: Annotated[int, Field(ge=1)]
    failures: Count
    latency: Latency

    @model_validator(mode="after")
    def _failures_are_requests(self) -> Endpoint:
        if self.failures > self.requests:
            raise ValueError("more failures than requests")
        return self


class Run(Stored):
    """One run: so many people did what the scenario says for so long."""

    build: Annotated[str, Field(min_length=1)]
    """What was under load: a version or a commit."""
    scenario: Annotated[str, Field(min_length=1)]
    users: Annotated[int, Field(ge=1)]
    seconds: Seconds
    """From the first request that counts to the last."""
    endpoints: Annotated[dict[str, Endpoint], Field(min_length=1)]

    @property
    def throughput(self) -> float:
        """Requests answered without a failure, per second."""
        return sum(one.requests - one.failures for one in self.endpoints.values()) / self.seconds


def latency(durations: Sequence[float]) -> Latency:
    """The quantiles of at least one duration, each a duration that occurred: the smallest that covers the share."""
    ordered = sorted(durations)
    return Latency(**{name: ordered[_rank(share, len(ordered))] for name, share in QUANTILES.items()})


def _rank(share: float, count: int) -> int:
    # Nearest rank: ceil(share * count), counted from one. Whole hundredths keep 0.95 * 20 at 19.
    return max(0, -(-round(share * 100) * count // 100) - 1)


def write(kept: Stored, file: Path) -> None:
    """Keep a run or a baseline. The file is there whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(kept.model_dump_json(indent=1) + "\n", encoding="utf-8")
    part.replace(file)


def read(kind: type[Kept], file: Path) -> Kept:
    """The run or baseline in a file; raises ResultsError."""
    try:
        return kind.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{file}: cannot be read: {error}") from error
    except ValidationError as error:
        wrong = [f"{file}: {'.'.join(map(str, one['loc'])) or 'the file'}: {one['msg']}" for one in error.errors()]
        raise ResultsError("\n".join(wrong)) from error

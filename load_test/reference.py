"""A baseline: what runs of one build took, to compare the next build with."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from load_test.results import Count, Seconds, Stored


class Reference(Stored):
    """One quantile of one endpoint."""

    seconds: Seconds
    """The geometric mean of the runs."""
    band: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    """How much slower, or faster, one more run of the same build may be by chance: 0.2 is a fifth."""


class EndpointReference(Stored):
    """One endpoint, all runs together."""

    requests: Annotated[int, Field(ge=1)]
    failures: Count
    latency: dict[str, Reference]


class Baseline(Stored):
    """Several runs of one build under one load."""

    build: Annotated[str, Field(min_length=1)]
    scenario: Annotated[str, Field(min_length=1)]
    users: Annotated[int, Field(ge=1)]
    runs: Annotated[int, Field(ge=2)]
    endpoints: Annotated[dict[str, EndpointReference], Field(min_length=1)]

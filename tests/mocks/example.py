"""The whole program with the settings of tests/examples.py, declared once for all tests that only look."""

from __future__ import annotations

from functools import cache
from typing import Any

from reports.stacks import settings_of
from stacks.build import build
from tests.examples import settings
from tests.mocks.recording import Recording, declare


@cache
def example() -> Recording:
    """What it declares."""
    return built()


@cache
def owner() -> Recording:
    """What it declares as the owner of what the organisation shares, with all that it can share."""
    return built(
        datadog={"ownerStack": "example", "percentiles": ["application"]},
        logs={"archive": {"store": "s3", "bucket": "made-up", "account": "123456789012", "role": "made-up"}},
        web={"namespace": "shop"},
        workloads={"namespace": "genonaut"},
        pagerdutyServiceKey="made-up-service-key",
    )


def built(**changes: Any) -> Recording:
    """What it declares with other settings, or with whatever else a test has changed."""
    return declare(lambda: build(settings(**changes)))


@cache
def of_stack(stack: str) -> Recording:
    """What it declares with the settings of a stack's file."""
    return declare(lambda: build(settings_of(stack)), stack)

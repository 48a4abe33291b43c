"""What Datadog's synthetic tests take: places, devices and limits.

Sources: the schema of the provider's resource `SyntheticsTest` (frequencies, retries, renotification), the API's
description of test options, https://docs.datadoghq.com/synthetics/platform/settings/ and
https://docs.datadoghq.com/synthetics/api_tests/http_tests/ (assertions, body).
"""

from __future__ import annotations

import re

MANAGED_LOCATIONS = frozenset(
    {
        *(
            f"aws:{region}"
            for region in (
                "af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
                "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ca-central-1", "eu-central-1", "eu-north-1",
                "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3", "me-south-1", "sa-east-1", "us-east-1",
                "us-east-2", "us-gov-west-1", "us-west-1", "us-west-2",
            )
        ),
        "azure:eastus",
        *(
            f"gcp:{region}"
            for region in ("asia-northeast1", "europe-west3", "us-east4", "us-south1", "us-west1", "us-west2")
        ),
    }
)  # fmt: skip
"""Datadog's own; a private one is `pl:` and its id."""

DEVICES = frozenset(
    f"{browser}{size}"
    for browser in ("", "chrome.", "firefox.", "edge.")
    for size in ("laptop_large", "tablet", "mobile_small")
)
"""Browsers and screens of browser tests; without a browser it is Chrome."""

LEAST_SECONDS_BETWEEN_RUNS = {"api": 30, "browser": 60}
MOST_SECONDS_BETWEEN_RUNS = 604_800
MOST_RETRIES = {"api": 3, "browser": 2}
LONGEST_RETRY_INTERVAL = 5_000
"""Milliseconds."""
LONGEST_FAILING_SECONDS = 7_200
"""Of `min_failure_duration`."""
MOST_ASSERTIONS = 20
RENOTIFY_MINUTES = frozenset({0, 10, 20, 30, 40, 50, 60, 90, 120, 180, 240, 300, 360, 720, 1440})
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}")
"""The name of a value taken from an answer."""

_PRIVATE_LOCATION = re.compile(r"pl:[a-z0-9-]+")


def is_location(location: str) -> bool:
    """Whether a test can run there: one of Datadog's places, or a private one."""
    return location in MANAGED_LOCATIONS or _PRIVATE_LOCATION.fullmatch(location) is not None

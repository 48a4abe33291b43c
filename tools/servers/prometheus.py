"""Prometheus, which scrapes every second."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

from tools.servers import process

INTERVAL = 1.0
"""Seconds between scrapes, and between evaluations of rules."""


JOB = "genonaut"
"""What everything is scraped as, as in the cluster (components/business)."""


@contextmanager
def prometheus(folder: Path, targets: Mapping[str, Mapping[str, str]], rules: Sequence[Path] = ()) -> Iterator[str]:
    """A server that scrapes addresses, each with its labels, and evaluates rules; its URL. Raises ServerError."""
    (port,) = process.free_ports(1)
    config = folder / "prometheus.yml"
    seconds = f"{INTERVAL:g}s"
    config.write_text(
        yaml.safe_dump(
            {
                "global": {"scrape_interval": seconds, "scrape_timeout": seconds, "evaluation_interval": seconds},
                "rule_files": [str(rule) for rule in rules],
                "scrape_configs": [
                    {
                        "job_name": JOB,
                        "static_configs": [
                            {"targets": [address], "labels": dict(labels)} for address, labels in targets.items()
                        ],
                    }
                ],
            }
        )
    )
    address, log = f"{process.HERE}:{port}", folder / "prometheus.log"
    command = [
        "prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address={address}", "--log.level=warn",
    ]  # fmt: skip
    with process.started(command, log, env={"PATH": os.environ["PATH"], "HOME": str(folder)}) as running:
        url = f"http://{address}"
        process.wait(running, log, lambda: process.is_ready(f"{url}/-/ready"))
        # What a counter has at the first scrape is no increase.
        process.wait(running, log, lambda: len(query(url, "up == 1")) == len(targets))
        yield url


def query(url: str, expression: str) -> list[dict[str, Any]]:
    """The series of an instant query, as the API gives them."""
    answer = httpx.get(f"{url}/api/v1/query", params={"query": expression}).raise_for_status().json()
    found: list[dict[str, Any]] = answer["data"]["result"]
    return found

"""Prometheus, which scrapes every second."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import yaml

from tools.servers import process

INTERVAL = 1.0
"""Seconds between scrapes, and between evaluations of rules."""


@contextmanager
def prometheus(folder: Path, targets: Mapping[str, Sequence[str]], rules: Sequence[Path] = ()) -> Iterator[str]:
    """A server that scrapes `targets`, addresses by job, and evaluates files of rules; its URL. Raises ServerError."""
    (port,) = process.free_ports(1)
    config = folder / "prometheus.yml"
    seconds = f"{INTERVAL:g}s"
    config.write_text(
        yaml.safe_dump(
            {
                "global": {"scrape_interval": seconds, "scrape_timeout": seconds, "evaluation_interval": seconds},
                "rule_files": [str(rule) for rule in rules],
                "scrape_configs": [
                    {"job_name": job, "static_configs": [{"targets": list(addresses)}]}
                    for job, addresses in targets.items()
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
        process.wait(running, log, lambda: process.is_ready(f"http://{address}/-/ready"))
        yield f"http://{address}"


def query(url: str, expression: str) -> list[dict[str, object]]:
    """The series of an instant query, as the API gives them."""
    answer = httpx.get(f"{url}/api/v1/query", params={"query": expression}).raise_for_status().json()
    found: list[dict[str, object]] = answer["data"]["result"]
    return found

"""The processes of the reference app: the API, a worker, and beat."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.servers import process

ROOT = Path(__file__).parents[2]
ENVIRONMENT = "sandbox"
VERSION = "1.2.3"
API = "genonaut-api"
WORKER = "genonaut-worker"
# Short enough for a test to wait for, long enough for a busy machine.
PATIENCE = {
    "GENONAUT_POOL_SIZE": "8",
    "GENONAUT_POOL_TIMEOUT": "1",
    "GENONAUT_CONNECT_TIMEOUT": "2",
    "GENONAUT_STATEMENT_TIMEOUT": "3",
    "GENONAUT_COMFYUI_TIMEOUT": "3",
    "GENONAUT_RETRY_DELAY": "1",
}


def environment(backends: Mapping[str, str], receivers: Mapping[str, str], service: str) -> dict[str, str]:
    """What a process of the app reads: as its Deployment gives it in a cluster."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'telemetry' / 'src'}",
        "DD_ENV": ENVIRONMENT,
        "DD_SERVICE": service,
        "DD_VERSION": VERSION,
        "GENONAUT_TELEMETRY_GENERATION_TASKS": '{"generation.image": "image", "generation.text": "text"}',
        "GENONAUT_TELEMETRY_JSON_LOGS": "true",
        "GENONAUT_TELEMETRY_SENTRY_DROP": '["JobCancelledError"]',
        **PATIENCE,
        **backends,
        **receivers,
    }


def target_labels(service: str) -> dict[str, str]:
    """What Prometheus adds to the series of a process: in a cluster, from the labels of its pod."""
    return {"env": ENVIRONMENT, "service": service, "version": VERSION}


def seed(env: Mapping[str, str]) -> None:
    """Make the tables, and fill them."""
    subprocess.run([sys.executable, "-m", "examples.genonaut.seed"], env=dict(env), cwd=ROOT, check=True, timeout=60)


@contextmanager
def api(log: Path, env: Mapping[str, str]) -> Iterator[str]:
    """The API; its URL. Raises ServerError."""
    (port,) = process.free_ports(1)
    command = _python("uvicorn", "examples.genonaut.main:app", "--port", str(port), "--no-access-log")
    with process.started(command, log, env=env, cwd=ROOT) as running:
        url = f"http://{process.HERE}:{port}"
        process.wait(running, log, lambda: process.is_ready(f"{url}/health"))
        yield url


@contextmanager
def worker(log: Path, env: Mapping[str, str]) -> Iterator[None]:
    """A worker of both queues."""
    command = _celery("worker", "--queues", "default,generation", "--concurrency", "2", "--loglevel", "INFO")
    with process.started(command, log, env=env, cwd=ROOT) as running:
        process.wait(running, log, lambda: " ready." in log.read_text(errors="replace"))
        yield


@contextmanager
def beat(folder: Path, env: Mapping[str, str]) -> Iterator[None]:
    """The scheduler."""
    command = _celery("beat", "--schedule", str(folder / "beat-schedule"), "--pidfile", "", "--loglevel", "INFO")
    with process.started(command, folder / "beat.log", env=env, cwd=ROOT):
        yield


def _celery(*arguments: str) -> Sequence[str]:
    return _python("celery", "--app", "examples.genonaut.worker", *arguments)


def _python(module: str, *arguments: str) -> Sequence[str]:
    return [sys.executable, "-m", module, *arguments]

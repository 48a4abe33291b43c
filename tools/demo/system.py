"""All of it together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.demo import application
from tools.demo.backends import Backends, backends
from tools.demo.receivers import Receivers, receivers
from tools.servers import process
from tools.servers.prometheus import prometheus


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """The running app, what it works with, and what it reports to."""

    folder: Path
    """Where each process writes its log, NAME.log."""
    backends: Backends
    receivers: Receivers
    api: str
    """The API's URL."""
    prometheus: str

    def log(self, name: str) -> str:
        """What a process has written so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")


def nothing(_: str) -> None:
    """Say nothing."""


@contextmanager
def system(folder: Path, rules: Sequence[Path] = (), say: Callable[[str], None] = nothing) -> Iterator[System]:
    """Run everything in an empty folder that everybody may enter; `rules` are Prometheus's. Raises ServerError."""
    with ExitStack() as ending:
        say("PostgreSQL, Redis, ComfyUI's stand-in")
        behind = ending.enter_context(backends(folder))
        say("Datadog's test agent, a DogStatsD listener, a Sentry listener")
        around = ending.enter_context(receivers(folder))
        of_api, of_worker = (
            application.environment(behind.environment, around.environment, service)
            for service in (application.API, application.WORKER)
        )
        say("the API, a worker, beat")
        application.seed(of_api)
        (worker_port,) = process.free_ports(1)
        # Beat and the worker's processes answer Prometheus together.
        (folder / "worker-metrics").mkdir()
        of_worker |= {
            "PROMETHEUS_MULTIPROC_DIR": str(folder / "worker-metrics"),
            "GENONAUT_TELEMETRY_WORKER_PORT": str(worker_port),
        }
        url = ending.enter_context(application.api(folder / "api.log", of_api))
        ending.enter_context(application.worker(folder / "worker.log", of_worker))
        ending.enter_context(application.beat(folder, of_worker))
        say("Prometheus")
        (folder / "prometheus").mkdir()
        scraped = {url.removeprefix("http://"): application.API, f"{process.HERE}:{worker_port}": application.WORKER}
        targets = {address: application.target_labels(service) for address, service in scraped.items()}
        server = ending.enter_context(prometheus(folder / "prometheus", targets, rules))
        yield System(folder=folder, backends=behind, receivers=around, api=url, prometheus=server)

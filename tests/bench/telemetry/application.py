"""One application, in one of four dresses: `python -m tests.bench.telemetry.application WHICH REQUESTS URLS`.

Prints JSON: CPU seconds per request, the 99th percentile of the time to an answer in seconds, memory in bytes at a
tenth of the requests and at their end. Requests are made in the process, as a server makes them, twenty at a time.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

from fastapi import FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool

AT_A_TIME = 20
_WARM_UP = 500


@contextmanager
def _no_page(page: int, page_size: int) -> Iterator[None]:
    yield


def application() -> FastAPI:
    """A list from a database, in memory: what the telemetry costs is large beside it."""
    app = FastAPI()
    app.state.page = _no_page
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    numbers = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT i FROM n")

    @app.get("/items/{owner}")
    async def items(owner: str, page: int = 1, page_size: int = 20) -> dict[str, Any]:
        with app.state.page(page, page_size), engine.connect() as connection:
            return {"owner": owner, "items": [row.i for row in connection.execute(numbers)]}

    return app


def bare(app: FastAPI) -> None:
    """Nothing."""


def ddtrace_alone(app: FastAPI) -> None:
    """The tracer."""
    import ddtrace  # noqa: PLC0415 - only in this dress

    ddtrace.patch(fastapi=True, sqlalchemy=True, logging=True)


def by_hand(app: FastAPI) -> None:
    """What one finds in the documentation of each, with the pagination metrics of the monitoring strategy."""
    ddtrace_alone(app)
    import sentry_sdk  # noqa: PLC0415
    from datadog.dogstatsd.base import DogStatsd  # noqa: PLC0415
    from ddtrace.trace import tracer  # noqa: PLC0415
    from prometheus_fastapi_instrumentator import Instrumentator  # noqa: PLC0415

    sentry_sdk.init(dsn=os.environ["SENTRY_DSN"], environment="bench", release="1")
    Instrumentator().instrument(app).expose(app)
    statsd = DogStatsd(host="127.0.0.1", port=int(os.environ["DD_DOGSTATSD_PORT"]), disable_buffering=False)

    @contextmanager
    def page(page: int, page_size: int) -> Iterator[None]:
        began = perf_counter()
        with tracer.trace("pagination.query"):
            yield
        tags = [f"page_size:{page_size}", f"offset_range:{(page - 1) * page_size // 100}"]
        statsd.distribution("pagination.query.duration", perf_counter() - began, tags=tags)
        statsd.increment("pagination.query.count", tags=tags)

    app.state.page = page


def ours(app: FastAPI) -> None:
    """One call."""
    from genonaut_telemetry import Settings, instrument  # noqa: PLC0415

    instrument(
        app, Settings.read({**os.environ, "GENONAUT_TELEMETRY_PAGINATED_ROUTES": '{"/items/{owner}": "content"}'})
    )


DRESSES = {"bare": bare, "ddtrace": ddtrace_alone, "by hand": by_hand, "ours": ours}


async def measure(app: FastAPI, requests: int, urls: int) -> dict[str, float]:
    """Make the requests and measure. Every fiftieth is for an address that is not there."""
    # Eight bytes a request: a list of them would be what grows.
    took = array("d")

    async def ask(number: int) -> None:
        path = f"/items/{number % urls}" if number % 50 else f"/nothing/{number % urls}"
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"page=3&page_size=20", "root_path": "",
            "headers": [(b"host", b"bench"), (b"user-agent", b"bench")], "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80), "state": {},
        }  # fmt: skip
        began = perf_counter()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                took.append(perf_counter() - began)

        await app(scope, receive, send)

    async def many(first: int, last: int) -> None:
        async def some(offset: int) -> None:
            for number in range(first + offset, last, AT_A_TIME):
                await ask(number)
                await asyncio.sleep(0)

        await asyncio.gather(*(some(offset) for offset in range(AT_A_TIME)))

    await many(0, _WARM_UP)
    del took[:]
    cpu = process_time()
    await many(0, requests // 10)
    early = memory()
    await many(requests // 10, requests)
    return {
        "cpu": (process_time() - cpu) / requests,
        "p99": quantiles(took, n=100)[98],
        "early": early,
        "late": memory(),
    }


def memory() -> int:
    """The memory of this process that is really there, in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measure one dress."""
    dress, requests, urls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    app = application()
    DRESSES[dress](app)
    print(json.dumps(asyncio.run(measure(app, requests, urls))), flush=True)
    # What is still to be sent need not be waited for.
    os._exit(0)


if __name__ == "__main__":
    main()

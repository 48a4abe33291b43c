from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from fastapi import Depends, FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from genonaut_telemetry import Settings, health, instrument, metrics, pagination
from genonaut_telemetry.guard import dropped
from genonaut_telemetry.metrics import emit
from genonaut_telemetry.metrics.vocabulary import Collection
from prometheus_client import CollectorRegistry
from sqlalchemy import create_engine, text
from sqlalchemy.pool import QueuePool
from starlette.testclient import TestClient

_ROUTES: dict[str, Collection] = {"/tags": "tags", "/users/{user}/content": "content"}


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def app(registry: CollectorRegistry) -> Iterator[FastAPI]:
    app = FastAPI()
    instrument(app, Settings(paginated_routes=_ROUTES, health_cache=0), registry=registry)
    yield app
    emit.stop()


def _pages(registry: CollectorRegistry, collection: str, mode: str, size: str, start: str) -> float | None:
    labels = {"collection": collection, "mode": mode, "page_size": size, "offset_range": start}
    return registry.get_sample_value("pagination_query_count_total", labels)


def test_twice_is_once(app: FastAPI) -> None:
    routes, middlewares = list(app.router.routes), list(app.user_middleware)
    instrument(app)
    assert (app.router.routes, app.user_middleware) == (routes, middlewares)


def test_an_application_that_has_begun_is_refused() -> None:
    app = FastAPI()
    TestClient(app).get("/")
    with pytest.raises(RuntimeError, match="before the application answers"):
        instrument(app)


def test_the_routes_are_in_front_of_one_that_takes_everything() -> None:
    app = FastAPI()

    @app.get("/{rest:path}")
    def everything(rest: str) -> str:
        return rest

    instrument(app, Settings(), registry=CollectorRegistry())
    assert TestClient(app).get("/livez").json() == {"status": "pass"}
    assert "genonaut_users_registered_total" in TestClient(app).get("/metrics").text


def test_routes_of_the_application_stay_its_own() -> None:
    app = FastAPI()

    @app.get("/livez")
    def own() -> str:
        return "own"

    instrument(app, Settings(), registry=CollectorRegistry())
    assert TestClient(app).get("/livez").json() == "own"


def test_routes_mounts_streams_and_websockets_added_later_work(app: FastAPI) -> None:
    inner = FastAPI()

    @inner.get("/x")
    def x() -> str:
        return "inner"

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter(["a", "b"]))

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    app.mount("/inner", inner)
    with TestClient(app) as client:
        assert client.get("/inner/x").json() == "inner"
        assert client.get("/stream").text == "ab"
        with client.websocket_connect("/ws") as socket:
            assert socket.receive_text() == "hello"


def test_what_the_application_raises_reaches_its_own_handlers(app: FastAPI, registry: CollectorRegistry) -> None:
    @app.get("/tags")
    def tags() -> str:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        TestClient(app).get("/tags")
    labels = {"collection": "tags", "mode": "page", "page_size": "11-25", "offset_range": "0-99"}
    assert registry.get_sample_value("pagination_query_errors_total", labels) == 1


def test_a_route_of_the_settings_is_measured_by_its_queries(app: FastAPI, registry: CollectorRegistry) -> None:
    engine = create_engine("sqlite://", poolclass=QueuePool)

    @app.get("/users/{user}/content")
    def content(user: int) -> int:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1")).all()
        return user

    with TestClient(app) as client:
        for number in range(3):
            assert client.get(f"/users/{number}/content?page=3&page_size=50").json() == number
        client.get("/users/1/content?cursor=abc&page_size=1000")
        client.get("/users/1/content?page=x&page_size=nan")
        client.post("/users/1/content")
        assert registry.get_sample_value("genonaut_database_pool_wait_seconds_count") == 5
    assert _pages(registry, "content", "page", "26-50", "100-999") == 3
    assert _pages(registry, "content", "cursor", "over-100", "cursor") == 1
    assert _pages(registry, "content", "page", "11-25", "0-99") == 1
    # Reported when the application ended, at the latest.
    assert registry.get_sample_value("genonaut_database_pool_in_use") == 0
    assert registry.get_sample_value("genonaut_database_pool_size") == 15


def test_a_decorator_and_a_dependency_measure_the_same(app: FastAPI, registry: CollectorRegistry) -> None:
    @pagination.paginated("bookmarks")
    async def fetch(page: int, page_size: int = 10) -> list[int]:
        return [1, 2, 3]

    @app.get("/bookmarks")
    async def bookmarks() -> list[int]:
        return await fetch(2)

    @app.get("/jobs", dependencies=[Depends(pagination.dependency("generation_jobs"))])
    async def jobs() -> list[int]:
        return []

    with TestClient(app) as client:
        assert client.get("/bookmarks").json() == [1, 2, 3]
        assert client.get("/jobs?page=1&page_size=10").json() == []
    assert _pages(registry, "bookmarks", "page", "1-10", "0-99") == 1
    assert _pages(registry, "generation_jobs", "page", "1-10", "0-99") == 1
    labels = {"collection": "bookmarks", "mode": "page", "page_size": "1-10", "offset_range": "0-99"}
    assert registry.get_sample_value("pagination_query_rows_sum", labels) == 3


def test_after_the_end_metrics_are_dropped_and_a_second_beginning_counts_again(
    app: FastAPI, registry: CollectorRegistry
) -> None:
    with TestClient(app):
        metrics.users_registered()
    before = dropped().get("after shutdown", 0)
    metrics.users_registered()
    assert dropped()["after shutdown"] == before + 1
    with TestClient(app):
        metrics.users_registered()
    assert registry.get_sample_value("genonaut_users_registered_total") == 2


def _with_checks(*checks: health.Check, cache: float = 0) -> TestClient:
    app = FastAPI()
    instrument(app, Settings(health_cache=cache), checks=checks, registry=CollectorRegistry())
    return TestClient(app)


def test_a_critical_check_makes_503_and_nothing_of_it_is_told() -> None:
    def broken() -> None:
        raise ConnectionError("postgresql://app:hunter2@10.0.0.1/genonaut")

    with _with_checks(health.Check(name="database", run=broken, critical=True)) as client:
        for path in ("/readyz", "/health/detail"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["status"]) == (503, "fail")
            assert answer.headers["content-type"] == "application/health+json"
            assert "hunter2" not in answer.text
            assert "10.0.0.1" not in answer.text
        assert client.get("/livez").status_code == 200


def test_a_check_that_is_not_critical_warns() -> None:
    engine = create_engine("sqlite://")
    checks = (health.database(engine), health.pagination(engine, "SELECT 1", budget=0))
    with _with_checks(*checks) as client:
        answer = client.get("/health/detail")
    assert (answer.status_code, answer.json()["status"]) == (200, "warn")
    assert answer.json()["checks"]["pagination:responseTime"][0]["output"] == "too slow"
    assert answer.json()["checks"]["database:responseTime"][0]["status"] == "pass"


def test_checks_run_at_the_same_time_and_one_that_hangs_is_given_up() -> None:
    release = threading.Event()

    async def never() -> None:
        import anyio  # noqa: PLC0415

        await anyio.sleep(60)

    checks = (
        health.Check(name="redis", run=lambda: release.wait(60), critical=False, timeout=0.2),
        health.Check(name="comfyui", run=never, critical=False, timeout=0.2),
    )
    with _with_checks(*checks) as client:
        began = time.monotonic()
        found = client.get("/health/detail").json()["checks"]
        again = client.get("/health/detail").json()["checks"]
        took = time.monotonic() - began
        release.set()
    for answer in (found, again):
        assert {name: check[0]["output"] for name, check in answer.items()} == {
            "redis:responseTime": "timeout",
            "comfyui:responseTime": "timeout",
        }
    assert took < 2


def test_who_asks_within_a_few_seconds_gets_the_same_answer() -> None:
    asked: list[int] = []
    check = health.Check(name="redis", run=lambda: asked.append(1), critical=True)
    with _with_checks(check, cache=60) as client:
        for _ in range(5):
            assert client.get("/readyz").status_code == 200
    assert asked == [1]


def test_an_exception_in_a_hook_reaches_nobody(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("in a hook")

    monkeypatch.setattr(emit, "_checked", broken)
    monkeypatch.setattr(pagination, "_describe", broken)

    @app.get("/tags")
    async def tags() -> str:
        return "fine"

    assert TestClient(app).get("/tags").json() == "fine"


def test_the_lifespan_of_the_application_runs_inside() -> None:
    from contextlib import asynccontextmanager  # noqa: PLC0415

    steps: list[str] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, str]]:
        steps.append("begin")
        yield {"key": "value"}
        steps.append("end")

    app = FastAPI(lifespan=lifespan)
    instrument(app, Settings(), registry=CollectorRegistry())
    with TestClient(app):
        assert steps == ["begin"]
    assert steps == ["begin", "end"]

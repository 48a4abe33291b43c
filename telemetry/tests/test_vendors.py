"""Sentry's SDK and ddtrace change the process they are in: each test has one of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).parents[1] / "src"


def _run(program: str, **environ: str) -> Any:
    """What a program in a process of its own prints last, read as JSON."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", dedent(program)],
        env={"PYTHONPATH": str(SOURCE), "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false", **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_it_works_with_no_extra_installed_and_is_light_to_import() -> None:
    found = _run("""
        import json, sys
        from importlib.machinery import PathFinder
        GONE = {"ddtrace", "datadog", "sentry_sdk", "celery", "kombu", "prometheus_client", "sqlalchemy", "psycopg"}
        class Without(PathFinder):
            @classmethod
            def find_spec(cls, name, path=None, target=None):
                return None if name.partition(".")[0] in GONE else super().find_spec(name, path, target)
        sys.meta_path[:] = [Without if f is PathFinder else f for f in sys.meta_path]
        from genonaut_telemetry import instrument, metrics
        assert not GONE & set(sys.modules)
        from fastapi import FastAPI
        from starlette.testclient import TestClient
        app = FastAPI()
        @app.get("/x")
        def x(): return 1
        instrument(app)
        metrics.users_registered()
        with TestClient(app) as client:
            print(json.dumps([client.get(p).status_code for p in ("/x", "/livez", "/readyz", "/metrics")]))
    """)
    assert found == [200, 200, 200, 404]


_SENTRY = """
    import json, logging
    logging.getLogger("app").setLevel("INFO")
    from fastapi import FastAPI, HTTPException
    from starlette.testclient import TestClient
    app = FastAPI()
    @app.get("/users/{user}")
    def user(user: int):
        from genonaut_telemetry import identify
        identify("u-7")
        logging.getLogger("app").info("password=hunter2 of jo@example.com")
        password = "hunter2"
        raise RuntimeError("cannot reach postgresql://app:hunter2@db/x for jo@example.com")
    @app.get("/gone")
    def gone():
        raise HTTPException(404)
    from genonaut_telemetry import instrument
    instrument(app)
    import sentry_sdk
    sent = []
    client = sentry_sdk.get_client()
    client.transport.capture_envelope = lambda envelope: sent.append(envelope)
    c = TestClient(app, raise_server_exceptions=False)
    secret = {"authorization": "Bearer hunter2"}
    statuses = [c.get(p, headers=secret).status_code for p in ("/users/1?q=hunter2", "/gone")]
    events = [e for envelope in sent if (e := envelope.get_event())]
    print(json.dumps({"statuses": statuses, "events": events}, default=str))
"""
_UNIFIED = {"DD_SERVICE": "genonaut-api", "DD_ENV": "production", "DD_VERSION": "1.2.3"}


def test_sentry_gets_an_error_once_and_without_secrets() -> None:
    found = _run(_SENTRY, **_UNIFIED, SENTRY_DSN="http://key@127.0.0.1:9/1", DD_TRACE_ENABLED="false")
    assert found["statuses"] == [500, 404]
    [event] = found["events"]
    assert (event["release"], event["environment"]) == ("genonaut-api@1.2.3", "production")
    assert event["transaction"] == "/users/{user}"
    assert event["user"] == {"id": "u-7"}
    assert "hunter2" not in json.dumps(event["exception"]["values"][0]["value"])
    assert "jo@example.com" not in json.dumps(event)
    assert [crumb["category"] for crumb in event["breadcrumbs"]["values"]] == ["app"]
    assert "hunter2" not in json.dumps(event["breadcrumbs"])
    assert "query_string" not in event["request"]


_TRACES = """
    import json, os
    from fastapi import FastAPI
    from starlette.testclient import TestClient
    app = FastAPI()
    from genonaut_telemetry import instrument, pagination
    @app.get("/tags/{tag}")
    def tags(tag: str):
        with pagination.query("tags", page_size=20, offset=200) as page:
            page.rows = 3
        return tag
    @app.get("/health")
    def own_health(): return "ok"
    instrument(app)
    from ddtrace.trace import TraceFilter, tracer
    kept = []
    class Keep(TraceFilter):
        def process_trace(self, trace):
            kept.append([[s.name, s.resource, s.service, dict(s.get_tags())] for s in trace])
            return None
    own = tracer._span_aggregator.user_processors
    tracer.configure(trace_processors=[*own, Keep()])
    import asyncio
    async def status(path):
        # Called as a server calls it: a client in this process would be in the trace.
        found = []
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
                 "headers": [], "server": ("a", 80), "client": ("b", 1), "scheme": "http", "http_version": "1.1"}
        async def receive(): return {"type": "http.request", "body": b"", "more_body": False}
        async def send(message): found.append(message.get("status"))
        await app(scope, receive, send)
        return found[0]
    async def all():
        return [await status(p) for p in ("/tags/a", "/livez", "/metrics", "/health", "/no/1", "/no/2")]
    print(json.dumps({"statuses": asyncio.run(all()), "traces": kept}))
    import sys; sys.stdout.flush()
    os._exit(0)
"""


def test_requests_are_traced_with_their_pages_and_probes_are_not() -> None:
    found = _run(_TRACES, **_UNIFIED, DD_TRACE_AGENT_URL="http://127.0.0.1:9")
    assert found["statuses"] == [200, 200, 200, 200, 404, 404]
    roots = [trace[0] for trace in found["traces"]]
    assert [root[:3] for root in roots] == [
        ["fastapi.request", "GET /tags/{tag}", "genonaut-api"],
        ["fastapi.request", "GET 404", "genonaut-api"],
        ["fastapi.request", "GET 404", "genonaut-api"],
    ]
    [page] = [span for span in found["traces"][0] if span[0] == "pagination.query"]
    assert page[1] == "tags"
    assert page[3] | {
        "mode": "page", "page_size": "11-25", "offset_range": "100-999", "slow_query": "false",
    } == page[3]  # fmt: skip


_LINKED = """
    import asyncio, json, os, sys
    from fastapi import FastAPI
    app = FastAPI()
    @app.get("/x")
    def x(): raise RuntimeError("made up")
    from genonaut_telemetry import instrument
    instrument(app)
    import sentry_sdk
    from ddtrace.trace import TraceFilter, tracer
    events, spans = [], []
    def capture(envelope):
        if event := envelope.get_event():
            events.append(event)
    sentry_sdk.get_client().transport.capture_envelope = capture
    class Keep(TraceFilter):
        def process_trace(self, trace):
            spans.append([format(trace[0].trace_id, "032x"), str(trace[0].span_id)])
            return None
    tracer.configure(trace_processors=[Keep()])
    async def ask():
        # Called as a server calls it: a client in this process would be in the trace.
        scope = {"type": "http", "method": "GET", "path": "/x", "raw_path": b"/x", "query_string": b"", "headers": [],
                 "server": ("a", 80), "client": ("b", 1), "scheme": "http", "http_version": "1.1"}
        async def receive(): return {"type": "http.request", "body": b"", "more_body": False}
        async def send(message): pass
        try:
            await app(scope, receive, send)
        except RuntimeError:
            pass
    async def all():
        for _ in range(2):
            await ask()
    asyncio.run(all())
    print(json.dumps([[[e["tags"]["dd.trace_id"], e["tags"]["dd.span_id"]] for e in events], spans]))
    sys.stdout.flush()
    os._exit(0)
"""


def test_an_error_carries_the_ids_of_its_trace() -> None:
    named, spans = _run(
        _LINKED, **_UNIFIED, SENTRY_DSN="http://key@127.0.0.1:9/1", DD_TRACE_AGENT_URL="http://127.0.0.1:9"
    )
    assert len(spans) == 2
    assert named == spans


_BEAT = """
    import json
    from celery import Celery
    from celery.beat import Scheduler
    app = Celery("t", broker="memory://")
    app.conf.beat_schedule = {name: {"task": "x", "schedule": 300.0} for name in ("beat-heartbeat", "clean-up")}
    from genonaut_telemetry import instrument_celery
    instrument_celery(app)
    import sentry_sdk
    sent = []
    sentry_sdk.get_client().transport.capture_envelope = lambda envelope: sent.append(envelope)
    scheduler = Scheduler(app=app, lazy=True)
    scheduler.setup_schedule()
    entries = sorted(scheduler.schedule.items())
    headers = []
    from celery import signals
    signals.before_task_publish.connect(lambda headers=None, **_: globals()["headers"].append(headers), weak=False)
    for _, entry in entries:
        scheduler.apply_entry(entry)
    print(json.dumps([[h.get("headers", h).get("sentry-monitor-slug") for h in headers],
                      [i.payload.json.get("monitor_slug") for e in sent for i in e.items if i.type == "check_in"]]))
    import os, sys; sys.stdout.flush(); os._exit(0)
"""


def test_only_the_monitored_entry_of_beat_checks_in_by_its_own_name() -> None:
    slugs, sent = _run(_BEAT, **_UNIFIED, SENTRY_DSN="http://key@127.0.0.1:9/1")
    assert sorted(map(str, slugs)) == ["None", "beat-heartbeat"]
    assert set(sent) == {"beat-heartbeat"}


@pytest.mark.slow
def test_it_installs_from_its_folder(tmp_path: Path) -> None:
    uv = [sys.executable, "-m", "uv"]
    # A copy: building leaves files behind.
    folder = shutil.copytree(SOURCE.parent, tmp_path / "telemetry", ignore=shutil.ignore_patterns("tests"))
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(tmp_path / "v")], check=True)
    python = tmp_path / "v" / "bin" / "python"
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(python), f"{folder}[all]", "fastapi"], check=True)
    program = "from fastapi import FastAPI; from genonaut_telemetry import instrument; instrument(FastAPI()); print(1)"
    assert subprocess.run([python, "-c", program], capture_output=True, text=True, check=True).stdout == "1\n"

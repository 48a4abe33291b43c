"""Lines of the real programs: PostgreSQL and Redis at work, Celery's own formats."""

from __future__ import annotations

import logging
import re
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from components.logs.interpret.line import Line
from contract.telemetry.logs import POSTGRES_EVENTS, TASK_EVENTS
from tests.unit.components.logs.examples import follow
from tools.servers.postgres import Postgres
from tools.servers.redis import redis_server

pytestmark = pytest.mark.slow

PREFIXES = ("%m [%p] %e %q%u@%d ", "%m [%p] ", "%m [%p] %q%u@%d ")
SETTINGS = """
log_min_duration_statement = 90
log_lock_waits = on
deadlock_timeout = 40
max_connections = 6
superuser_reserved_connections = 1
shared_preload_libraries = 'pg_stat_statements'
fsync = off
"""
CHANGE = "UPDATE content_items SET title = 'made up' WHERE id = %s"
TASK = {"name": "genonaut.tasks.x", "id": "7d0a4f6e-2f0b-4c53-9d0e-0f4f5f1f8a11"}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_postgresql(prefix: str, new_server: Any) -> None:
    with new_server(f"log_line_prefix = '{prefix}'\n{SETTINGS}") as server:
        with server.session() as connection:
            connection.execute("SELECT pg_sleep(0.1)")
            connection.execute("SET statement_timeout = '20ms'")
            with pytest.raises(psycopg.errors.QueryCanceled):
                connection.execute("SELECT pg_sleep(1)")
        with pytest.raises(psycopg.OperationalError), server.session("postgres", password="made-up"):  # noqa: S106
            pass
        deadlock(server)
        everybody_comes(server)
        lines = [one for one in re.split(r"\n(?!\t)", server.log) if one]
    found = [follow(line, "genonaut-postgres").line for line in lines]
    assert all("severity" in one.attributes and one.date for one in found), "every line is read"
    counts = Counter(one.attributes["event"] for one in found if "event" in one.attributes)
    assert set(counts) == set(POSTGRES_EVENTS)
    assert (counts["deadlock"], counts["connections_exhausted"], counts["login_failed"]) == (1, 2, 1)
    slow = next(one for one in found if one.attributes.get("db.statement") == "SELECT pg_sleep(0.1)")
    assert 1e8 <= slow.attributes["duration"] < 1e10
    assert slow.status == "info"
    assert statuses(found, "lock_wait") == {"info"}
    assert statuses(found, "deadlock") == statuses(found, "cancelled") == {"error"}
    if "%u" in prefix:
        assert slow.attributes["db.name"] == "genonaut"
    if "%e" in prefix:
        codes = {one.attributes["event"]: one.attributes.get("db.error_code") for one in found if one.status == "error"
                 and "event" in one.attributes}  # fmt: skip
        assert codes == {"deadlock": "40P01", "connections_exhausted": "53300", "login_failed": "28P01",
                         "cancelled": "57014"}  # fmt: skip


def deadlock(server: Postgres) -> None:
    """Two transactions that wait for each other: the first one long enough to be logged as waiting."""
    with server.session() as one, server.session() as other, ThreadPoolExecutor(1) as thread:
        for connection, row in ((one, 1), (other, 2)):
            connection.execute("BEGIN")
            connection.execute(CHANGE, [row])
        waiting = thread.submit(one.execute, CHANGE, [2])
        deadline = time.monotonic() + 10
        while "still waiting for" not in server.log:
            assert time.monotonic() < deadline, server.log
            time.sleep(0.01)
        with pytest.raises(psycopg.errors.DeadlockDetected):
            other.execute(CHANGE, [1])
        other.execute("ROLLBACK")
        waiting.result(timeout=10)
        one.execute("ROLLBACK")


def everybody_comes(server: Postgres) -> None:
    """Until the application gets no connection any more, and then not even an administrator."""

    def come(user: str) -> None:
        # How many get in differs: whoever has left, or was turned away, keeps a place until its process has ended.
        for _ in range(10):
            sessions.enter_context(server.session(user))

    with ExitStack() as sessions:
        for user in ("genonaut_app", "postgres"):
            with pytest.raises(psycopg.OperationalError):
                come(user)


def statuses(lines: list[Line], event: str) -> set[str]:
    return {one.status for one in lines if one.attributes.get("event") == event}


def test_redis(tmp_path: Path) -> None:
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed (tools/install-debian.sh)")
    data = tmp_path / "data"
    data.mkdir()
    with redis_server(tmp_path, "--dir", str(data)) as port, redis.Redis(port=port) as client:
        data.rmdir()
        with pytest.raises(redis.ResponseError):
            client.save()
    lines = [one for one in (tmp_path / "redis.log").read_text(encoding="utf-8").splitlines() if one]
    # The one line that is written inside of a signal's handler, where Redis can format no time.
    found = [follow(line, "genonaut-redis").line for line in lines if ":signal-handler " not in line]
    assert len(found) > 3
    assert all("level" in one.attributes and one.date for one in found), "every line is read"
    said = {one.message.split(maxsplit=6)[-1]: one.status for one in found}
    (failed,) = (status for text, status in said.items() if "temp RDB file" in text)
    (ready,) = (status for text, status in said.items() if text.startswith("Ready to accept connections"))
    assert (failed, ready) == ("warn", "notice")


def test_celery() -> None:
    from celery.app import defaults, trace  # noqa: PLC0415 -- only this test needs it

    def line(template: str, level: int = logging.INFO, error: bool = False, **values: str) -> Line:
        values = {**TASK, "return_value": "None", "runtime": "27.49", "exc": "ValueError('made up')", **values}
        record = logging.LogRecord(
            "celery", level, "", 0, template, (values,), sys.exc_info() if error else None
        )  # fmt: skip
        record.processName = "ForkPoolWorker-2"
        return follow(logging.Formatter(defaults.DEFAULT_PROCESS_LOG_FMT).format(record), "genonaut-worker").line

    try:
        raise ValueError("made up")
    except ValueError:
        failed = line(trace.LOG_FAILURE, logging.ERROR, error=True, description=trace.log_policy_unexpected.description)
    succeeded = line(trace.LOG_SUCCESS)
    found = [line(trace.LOG_RECEIVED), succeeded, line(trace.LOG_RETRY), failed]
    assert [one.attributes["event"] for one in found] == list(TASK_EVENTS)
    assert [one.status for one in found] == ["info"] * 3 + ["error"]
    assert {one.attributes["celery.task_id"] for one in found} == {TASK["id"]}
    assert succeeded.attributes["duration"] == pytest.approx(27.49e9)
    assert (failed.attributes["error.kind"], failed.attributes["error.message"]) == ("ValueError", "made up")

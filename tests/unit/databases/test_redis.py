"""What the Redis check asks, on a real Redis server: the lengths of the queues as Celery's transport keeps them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from kombu.connection import Connection

from components.databases.checks import checks
from contract.telemetry.redis import UNACKNOWLEDGED
from contract.telemetry.tags import QUEUES
from tests.unit.databases.examples import SPEC
from tools.servers.redis import redis_server

PAGE = Path(__file__).parents[3] / "docs/databases/README.md"
KEYS = [key for config in checks(SPEC) if config.check == "redisdb" for key in config.instances[0]["keys"]]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed (tools/install-debian.sh)")
    with redis_server(tmp_path_factory.mktemp("redis")) as found:
        yield found


@pytest.fixture
def administrator(port: int) -> Iterator[redis.Redis]:
    with redis.Redis(port=port, decode_responses=True) as client:
        client.flushall()
        yield client


@pytest.fixture
def monitoring(administrator: redis.Redis, port: int) -> Iterator[redis.Redis]:
    """The user of the page's own command, with a password."""
    (command,) = re.findall(r"^ACL SETUSER .*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    administrator.execute_command(*command.replace("PASSWORD", "made-up").split())
    with redis.Redis(port=port, username="datadog", password="made-up", decode_responses=True) as client:  # noqa: S106
        yield client


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_is_a_list_of_its_name(queue: str, administrator: redis.Redis, port: int) -> None:
    with Connection(f"redis://127.0.0.1:{port}/0") as connection:
        simple = connection.SimpleQueue(queue)
        for number in range(3):
            simple.put({"number": number})
        assert administrator.type(queue) == "list"
        assert administrator.llen(queue) == 3
        # A message taken and not yet finished is in a hash that all queues share.
        simple.get(timeout=5)
        assert administrator.llen(queue) == 2
        assert administrator.type(UNACKNOWLEDGED) == "hash"
        assert administrator.hlen(UNACKNOWLEDGED) == 1
        simple.clear()
        # Redis has no empty lists: the check says 0 of a key that is not there.
        assert administrator.type(queue) == "none"
        simple.close()


def test_messages_with_a_priority_are_elsewhere(administrator: redis.Redis, port: int) -> None:
    """Genonaut sends none; whoever begins to must watch these keys, too."""
    with Connection(f"redis://127.0.0.1:{port}/0") as connection:
        simple = connection.SimpleQueue("default")
        simple.put("urgent", priority=9)
        assert administrator.llen("default") == 0
        assert administrator.llen("default\x06\x169") == 1
        simple.close()


def test_the_monitoring_user_may_do_all_that_the_check_does(monitoring: redis.Redis) -> None:
    monitoring.ping()
    for section in ("default", "keyspace", "commandstats"):
        monitoring.info(section)
    monitoring.slowlog_get(128)
    monitoring.select(1)
    for key in KEYS:
        monitoring.type(key)
        monitoring.llen(key)
        monitoring.hlen(key)


@pytest.mark.parametrize(
    "command",
    [
        "LPUSH default x", "LRANGE default 0 -1", "HGETALL unacked", "LLEN sessions", "TYPE sessions", "GET sessions",
        "KEYS *", "SCAN 0", "CONFIG GET requirepass", "CONFIG SET maxmemory 1", "FLUSHALL", "SHUTDOWN", "ACL LIST",
        "MONITOR", "EVAL return 0", "PUBLISH c m", "CLIENT LIST", "SLOWLOG RESET",
    ],
)  # fmt: skip
def test_and_nothing_else(command: str, monitoring: redis.Redis) -> None:
    with pytest.raises(redis.exceptions.NoPermissionError):
        monitoring.execute_command(*command.split(" "))

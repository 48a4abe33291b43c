"""Every route of the reference app, every end of a job, and every way to fail that can be brought about."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import redis

from examples.genonaut import comfyui_stand_in as comfyui
from tools.demo.application import PATIENCE
from tools.demo.backends import PASSWORD, USER
from tools.demo.system import System
from tools.servers import process

V1 = "/api/v1"
SECRETS = {"Authorization": "Bearer made-up-bearer-token", "Cookie": "session=made-up-session"}
"""Headers that must not leave the app."""
SECRET_VALUES = ("made-up-bearer-token", "made-up-session", "made-up-password")
PROMPTS = {
    "timeout": comfyui.NEVER_READY,
    "comfyui": comfyui.AWAY,
    "invalid_input": comfyui.NOT_VALID,
    "out_of_memory": comfyui.TOO_LARGE,
    "other": comfyui.BROKEN,
}
"""By the reason the contract has for a failed job: what makes ComfyUI's stand-in fail so."""
_UNDONE = {"queued", "running"}


@dataclass
class Done:
    """What was done, to be compared with what was reported."""

    began: float = field(default_factory=time.time)
    requests: list[tuple[str, int]] = field(default_factory=list)
    """Method and path of each request, and the status of its answer."""
    seconds: float = 0.0
    """How long all of it took."""
    prompt_headers: list[dict[str, str]] = field(default_factory=list)
    """Of the requests that ComfyUI got."""

    def answered(self, path: str, *statuses: int) -> int:
        """How many requests to a method and path had one of these answers, or any."""
        return sum(asked == path and (not statuses or status in statuses) for asked, status in self.requests)


class Visitor:
    """Somebody who asks and notes the answers."""

    def __init__(self, system: System) -> None:
        self.done = Done()
        # uvicorn closes the connection after an error that nobody handled.
        self.client = httpx.Client(base_url=system.api, timeout=30, limits=httpx.Limits(max_keepalive_connections=0))

    def ask(self, method: str, path: str, expected: int, **arguments: Any) -> httpx.Response:
        """Ask, and expect this status."""
        answer = self.client.request(method, path, **arguments)
        self.done.requests.append((f"{method} {path}", answer.status_code))
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer


def drive(system: System) -> Done:
    """Do all of it; the system works again at the end."""
    began = time.monotonic()
    visitor = Visitor(system)
    _lists(visitor)
    _items(visitor)
    _searches(visitor)
    _jobs(visitor)
    _health(visitor)
    _broken_cache(visitor, system)
    _slow_database(visitor, system)
    _no_database(visitor, system)
    _health(visitor)
    visitor.done.prompt_headers = httpx.get(f"{system.backends.comfyui}/headers").json()
    visitor.done.seconds = time.monotonic() - began
    return visitor.done


def _lists(visitor: Visitor) -> None:
    for size, page in ((5, 1), (20, 2), (50, 3), (100, 1), (200, 2), (10, 90), (10, 1001)):
        visitor.ask("GET", f"{V1}/content/unified", 200, params={"page": page, "page_size": size})
    page = visitor.ask("GET", f"{V1}/content/unified", 200, params={"page_size": 2}).json()
    cursor = page["pagination"]["next_cursor"]
    second = visitor.ask("GET", f"{V1}/content/unified", 200, params={"page_size": 2, "cursor": cursor}).json()
    assert second["items"][0]["id"] < page["items"][-1]["id"]
    visitor.ask("GET", f"{V1}/content/unified", 400, params={"cursor": "made up"})
    for path in ("content/", "tags/", "generation-jobs/"):
        visitor.ask("GET", f"{V1}/{path}", 200)
    visitor.ask("GET", f"{V1}/bookmarks/", 200, params={"user_id": 1})
    visitor.ask("GET", f"{V1}/content/unified", 422, params={"page": 0})


def _items(visitor: Visitor) -> None:
    for _ in range(2):  # the first is a miss, the second a hit
        visitor.ask("GET", f"{V1}/content/3", 200)
        visitor.ask("GET", f"{V1}/tags/popular", 200)
        visitor.ask("GET", f"{V1}/recommendations/", 200, params={"user_id": 1})
    visitor.ask("GET", f"{V1}/content/999999", 404)
    for kind in ("image", "text"):
        visitor.ask("POST", f"{V1}/content/", 201, json={"title": "made up", "kind": kind, "creator_id": 1})
    visitor.ask("POST", f"{V1}/content/3/vote", 204)
    visitor.ask("POST", f"{V1}/bookmarks/", 204, json={"user_id": 1, "content_id": 3})
    visitor.ask("POST", f"{V1}/recommendations/3/accept", 204)
    for name in ("first", "second"):
        visitor.ask("POST", f"{V1}/users/", 201, json={"username": name, "email": f"{name}@example.com"})
    visitor.ask("POST", f"{V1}/users/", 409, json={"username": "first", "email": "first@example.com"})
    visitor.ask("POST", f"{V1}/users/", 422, json={})


def _searches(visitor: Visitor) -> None:
    for _ in range(2):
        visitor.ask("POST", f"{V1}/content/search", 200, json={"search_term": "landscape"})
    found = visitor.ask("POST", f"{V1}/content/search", 200, json={"search_term": "unheard-of"}).json()
    assert found["total"] == 0
    visitor.ask("POST", f"{V1}/content/search", 400, json={"search_term": "sea &", "operators": True})


def _jobs(visitor: Visitor) -> None:
    def submit(prompt: str, kind: str = "image") -> int:
        wanted = {"user_id": 1, "kind": kind, "prompt": prompt}
        id_: int = visitor.ask("POST", f"{V1}/generation-jobs/", 202, json=wanted).json()["id"]
        return id_

    delivered = [submit("a landscape"), submit("a haiku", "text"), submit(comfyui.AWAY_ONCE)]
    failed = [submit(prompt) for prompt in PROMPTS.values()]
    # Both of the worker's processes are busy with these until they are too late: the one behind them is still queued.
    failed += [submit(comfyui.NEVER_READY) for _ in range(2)]
    given_up = submit("given up")
    visitor.ask("DELETE", f"{V1}/generation-jobs/{given_up}", 204)
    states = {id_: _end_of(visitor, id_) for id_ in (*delivered, *failed, given_up)}
    assert [states[id_] for id_ in delivered] == ["completed"] * len(delivered)
    assert [states[id_] for id_ in failed] == ["failed"] * len(failed)
    assert states[given_up] == "cancelled"


def _end_of(visitor: Visitor, id_: int) -> str:
    deadline = time.monotonic() + 40
    while True:
        status: str = visitor.ask("GET", f"{V1}/generation-jobs/{id_}", 200).json()["status"]
        if status not in _UNDONE:
            return status
        assert time.monotonic() < deadline, f"job {id_} does not end"
        time.sleep(0.2)


def _health(visitor: Visitor) -> None:
    assert visitor.ask("GET", f"{V1}/health", 200).json()["status"] == "healthy"
    visitor.ask("GET", "/health/detail", 200)
    visitor.ask("GET", "/livez", 200)
    visitor.ask("GET", "/health", 200)


def _broken_cache(visitor: Visitor, system: System) -> None:
    """What is in the cache is no JSON: a mistake that nobody thought of, with secrets at hand."""
    term = {"search_term": "broken"}
    visitor.ask("POST", f"{V1}/content/search", 200, json=term)
    with redis.Redis(port=system.backends.redis_port) as client:
        for key in client.scan_iter("cache:search:*"):
            client.set(key, "made-up garbage")
    visitor.ask("POST", f"{V1}/content/search", 500, json={**term}, headers=SECRETS)


def _slow_database(visitor: Visitor, system: System) -> None:
    """Somebody holds the tables: searches end at the time limit, and all others wait for a connection."""
    with system.backends.postgres.session() as session, session.transaction():
        session.execute("LOCK TABLE content_items")
        visitor.ask("POST", f"{V1}/content/search", 500, json={"search_term": "slow"})
        visitor.ask("GET", f"{V1}/content/", 500)
        people = int(PATIENCE["GENONAUT_POOL_SIZE"])
        with ThreadPoolExecutor(people) as crowd:
            held = [crowd.submit(visitor.ask, "GET", f"{V1}/content/", 500) for _ in range(people)]
            time.sleep(0.5)
            visitor.ask("GET", f"{V1}/tags/", 500)
            for each in held:
                each.result()


def _no_database(visitor: Visitor, system: System) -> None:
    """The database refuses us, is not there, and does not answer."""
    postgres = system.backends.postgres

    def change_login(how: str) -> None:
        with postgres.session() as session:
            session.execute(f"ALTER ROLE {USER} {how}")
            session.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [USER])

    def unwell() -> None:
        visitor.ask("POST", f"{V1}/content/search", 500, json={"search_term": "night"})
        answer = visitor.ask("GET", f"{V1}/health", 200).json()
        assert (answer["status"], answer["database"]["status"]) == ("unhealthy", "disconnected")

    change_login("PASSWORD 'another'")
    unwell()
    change_login(f"PASSWORD '{PASSWORD}' CONNECTION LIMIT 0")
    visitor.ask("GET", f"{V1}/tags/", 500)
    change_login("CONNECTION LIMIT -1")
    _until_well(visitor)
    with system.backends.without_database():
        unwell()
        visitor.ask("GET", "/health/detail", 503)
    _until_well(visitor)
    change_login("LOGIN")  # ends the connections that the pool holds
    os.kill(postgres.pid, signal.SIGSTOP)
    try:
        visitor.ask("GET", f"{V1}/tags/", 500)
    finally:
        os.kill(postgres.pid, signal.SIGCONT)
    _until_well(visitor)


def _until_well(visitor: Visitor) -> None:
    _wait(lambda: visitor.client.get(f"{V1}/health").json()["status"] == "healthy")


def _wait(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + process.START_LIMIT
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.1)

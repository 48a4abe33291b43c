"""A local Sentry: the sandbox's routes, with answers that go wrong as they are told to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.cloud import Cloud
from sandbox.routes.sentry import sentry_routes
from tests.serving import serving


@dataclass
class Mishap:
    """What happens to one request that fits; `after` the work was done, or instead of it."""

    method: str
    path: str
    how: str
    """A status, "cut" for a connection that breaks in the answer, or "slow" for an answer that comes too late."""
    after: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"detail": "made up"}'
    seconds: float = 0.6

    def fits(self, scope: Scope) -> bool:
        return scope["method"] == self.method and re.search(self.path, scope["path"]) is not None


@dataclass(frozen=True)
class Exchange:
    """One request and its answer."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    sent: bytes
    status: int
    answered: bytes


@dataclass
class Sentry:
    """The server as a test sees it."""

    cloud: Cloud
    mishaps: list[Mishap] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    url: str = ""

    def requests(self, method: str) -> list[str]:
        return [one.path for one in self.exchanges if one.method == method]


class Faulty:
    """Puts mishaps between a client and an application, and keeps what was said."""

    def __init__(self, app: ASGIApp, sentry: Sentry) -> None:
        self._app = app
        self._sentry = sentry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        mishap = next((one for one in self._sentry.mishaps if one.fits(scope)), None)
        if mishap is not None:
            self._sentry.mishaps.remove(mishap)
        sent = await _whole(receive)
        status, answered = 200, b""
        headers: list[tuple[bytes, bytes]] = []
        if mishap is None or mishap.after:
            status, headers, answered = await self._ask(scope, sent)
        if mishap is not None and mishap.how == "slow":
            await asyncio.sleep(mishap.seconds)
            if not mishap.after:
                status, headers, answered = await self._ask(scope, sent)
        elif mishap is not None and mishap.how.isdigit():
            status, answered = int(mishap.how), mishap.body
            headers = [(name.lower().encode(), value.encode()) for name, value in mishap.headers.items()]
        self._sentry.exchanges.append(
            Exchange(
                scope["method"], scope["path"], scope["query_string"].decode(),
                {name.decode(): value.decode() for name, value in scope["headers"]}, sent, status, answered,
            )
        )  # fmt: skip
        length = [(b"content-length", b"9999")] if mishap is not None and mishap.how == "cut" else []
        await send({"type": "http.response.start", "status": status, "headers": length or headers})
        await send({"type": "http.response.body", "body": answered, "more_body": bool(length)})
        # Ending without the rest of the body breaks the connection.

    async def _ask(self, scope: Scope, sent: bytes) -> tuple[int, list[Any], bytes]:
        said: list[Message] = []
        given = iter([{"type": "http.request", "body": sent, "more_body": False}])

        async def receive() -> Message:
            return next(given, {"type": "http.disconnect"})

        async def keep(message: Message) -> None:
            said.append(message)

        await self._app(scope, receive, keep)
        body = b"".join(one.get("body", b"") for one in said if one["type"] == "http.response.body")
        return said[0]["status"], said[0]["headers"], body


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


@contextmanager
def sentry_of(cloud: Cloud) -> Iterator[Sentry]:
    """Serve on a free port of this machine."""
    sentry = Sentry(cloud)
    app = Faulty(Starlette(routes=[sentry_routes(cloud)]), sentry)
    with serving(app) as address:
        sentry.url = f"{address}/sentry/api/"
        yield sentry

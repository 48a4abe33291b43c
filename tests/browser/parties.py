"""The parties of a page, each on an origin of its own on this machine: site, API, a stranger, and Datadog's intake."""

from __future__ import annotations

import email
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

WAIT = 10.0
"""Seconds that something may take to arrive."""


@dataclass(frozen=True)
class Request:
    """What a party was asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


@dataclass
class Party:
    """A server that remembers, and answers with its pages: content and its type by path, `*` for any other."""

    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    asked: list[Request] = field(default_factory=list[Request])
    origin: str = ""


@contextmanager
def running(party: Party) -> Iterator[Party]:
    """Serve until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            party.asked.append(Request(self.command, self.path, headers, body))
            content, kind = (
                party.pages.get(urlsplit(self.path).path) or party.pages.get("*") or ("{}", "application/json")
            )
            self.send_response(500 if "broken" in self.path else 200)
            for name, value in (
                ("Content-Type", kind),
                ("Content-Length", str(len(content.encode()))),
                ("Access-Control-Allow-Origin", "*"),
                ("Access-Control-Allow-Headers", headers.get("access-control-request-headers", "")),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content.encode())

        do_GET = do_POST = do_OPTIONS = _answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    party.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield party
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Intake(Party):
    """What Datadog's intake gets through a proxy: https://docs.datadoghq.com/real_user_monitoring/guide/proxy-rum-data/."""

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The browser events of a kind, in order of arrival."""
        lines = [line for one in self._sent("/api/v2/rum") for line in one.body.decode().splitlines()]
        return [event for event in map(json.loads, lines) if event["type"] == kind]

    def replays(self) -> list[dict[str, Any]]:
        """The segments of recordings."""
        return [_segment(one) for one in self._sent("/api/v2/replay")]

    def wait_for(self, found: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """What is found, once something is. Raises AssertionError when nothing came in time."""
        deadline = time.monotonic() + WAIT
        while not (there := found()):
            assert time.monotonic() < deadline, f"nothing came but {[one.path for one in self.asked]}"
            time.sleep(0.05)
        return there

    def _sent(self, route: str) -> list[Request]:
        return [one for one in list(self.asked) if one.method == "POST" and _forwarded(one).startswith(route)]


def _forwarded(request: Request) -> str:
    return parse_qs(urlsplit(request.path).query).get("ddforward", [""])[0]


def _segment(request: Request) -> dict[str, Any]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts = {
        str(part.get_param("name", header="content-disposition")): cast(bytes, part.get_payload(decode=True))
        for part in email.message_from_bytes(head + request.body).walk()
        if not part.is_multipart()
    }
    return cast(dict[str, Any], json.loads(zlib.decompress(parts["segment"])))

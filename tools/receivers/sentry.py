"""Sentry's side of its protocol: takes envelopes over HTTP and keeps their items.

The format: https://develop.sentry.dev/sdk/data-model/envelopes/. What Sentry's relay refuses is refused here.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli

KEY = "0123456789abcdef0123456789abcdef"
"""The public key of the made-up project."""
PROJECT = "1"


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    # What the SDK takes where it is installed.
    "br": brotli.decompress,
}


class EnvelopeError(ValueError):
    """An envelope that Sentry would refuse."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an envelope: an event, a check-in, a session ..."""

    type: str
    payload: Any
    """What the item's JSON holds; the bytes of attachments."""
    header: dict[str, Any]
    """That of the envelope."""


class Project:
    """A project in Sentry, and what it has received."""

    def __init__(self, address: str) -> None:
        self.dsn = f"http://{KEY}@{address}/{PROJECT}"
        """Where the SDK sends."""
        self.items: list[Item] = []
        self.wrong: list[str] = []
        """What was refused, and why."""

    def of_type(self, type_: str) -> list[Any]:
        """The payloads of one type of item."""
        return [item.payload for item in self.items if item.type == type_]


def parse(body: bytes) -> Iterator[Item]:
    """The items of an envelope. Raises EnvelopeError."""
    first, _, rest = body.partition(b"\n")
    header = _object(first, "the envelope's header")
    while rest.strip(b"\n"):
        line, _, rest = rest.partition(b"\n")
        item = _object(line, "an item's header")
        type_ = item.get("type")
        if not isinstance(type_, str):
            raise EnvelopeError(f"an item without a type: {line!r}")
        if "length" in item:
            payload, rest = rest[: item["length"]], rest[item["length"] :]
            if len(payload) != item["length"] or rest[:1] not in {b"", b"\n"}:
                raise EnvelopeError(f"{type_}: not {item['length']} bytes long")
            rest = rest.removeprefix(b"\n")
        else:
            payload, _, rest = rest.partition(b"\n")
        yield Item(type_, payload if type_ == "attachment" else _json(payload, type_), header)


@contextmanager
def sentry() -> Iterator[Project]:
    """A project that takes what the SDK sends to its DSN."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            problem = _take(self.path, dict(self.headers.items()), body, project)
            if problem:
                project.wrong.append(problem)
            answer = json.dumps({"detail": problem} if problem else {"id": None}).encode()
            self.send_response(400 if problem else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: what matters is kept."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        project = Project(f"127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield project
        finally:
            server.shutdown()
            thread.join()


def _take(path: str, headers: dict[str, str], body: bytes, project: Project) -> str | None:
    if path != f"/api/{PROJECT}/envelope/":
        return f"no such route: {path}"
    if f"sentry_key={KEY}" not in headers.get("X-Sentry-Auth", ""):
        return "the key of the DSN is missing"
    try:
        project.items.extend(list(parse(_DECODERS[headers.get("Content-Encoding", "identity")](body))))
    except KeyError as error:
        return f"unknown encoding {error}"
    except (EnvelopeError, gzip.BadGzipFile, brotli.error) as error:
        return str(error)
    return None


def _object(line: bytes, what: str) -> dict[str, Any]:
    found = _json(line, what)
    if not isinstance(found, dict):
        raise EnvelopeError(f"{what} is no object: {line!r}")
    return found


def _json(text: bytes, what: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise EnvelopeError(f"{what} is no JSON: {text[:200]!r}") from error

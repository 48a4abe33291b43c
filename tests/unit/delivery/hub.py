"""A strict stand-in for the routes of GitHub's and Datadog's APIs that are called, on loopback."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "made-up-token"
REPOSITORY = "example/monitoring"
AUTHOR = "github-actions[bot]"
_ISSUE_FIELDS = {"title", "body", "state", "state_reason", "labels"}

Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Hub:
    """One repository with issues and comments, and what was asked of it."""

    address: str = ""
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failures: list[Answer] = field(default_factory=list)
    """Answers to give first."""
    wrong: list[str] = field(default_factory=list)
    """What the real API would have refused."""

    def add_issue(self, title: str, body: str | None, labels: list[str], **more: Any) -> dict[str, Any]:
        number = 100 + len(self.issues)
        issue = {"number": number, "title": title, "body": body, "labels": labels, "state": "open", **more}
        self.issues[number] = issue
        return issue

    def add_comment(self, number: int, body: str, author: str = AUTHOR) -> dict[str, Any]:
        id_ = 9000 + len(self.comments)
        url = f"https://github.example/{REPOSITORY}/pull/{number}#issuecomment-{id_}"
        comment = {"id": id_, "issue": number, "body": body, "user": {"login": author}, "html_url": url}
        self.comments.append(comment)
        return comment

    def comments_of(self, number: int) -> list[str]:
        return [one["body"] for one in self.comments if one["issue"] == number]

    def answer(self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None) -> Answer:
        self.asked.append(f"{method} {path}")
        if self.failures:
            return self.failures.pop(0)
        url = urlsplit(path)
        if url.path == "/api/v1/events":
            return self._event(method, headers, body)
        if headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, {"message": "Bad credentials"}, {}
        prefix = f"/repos/{REPOSITORY}/"
        if not url.path.startswith(prefix) or headers.get("x-github-api-version") != "2022-11-28":
            return 404, {"message": "Not Found"}, {}
        return self._route(method, url.path.removeprefix(prefix), parse_qs(url.query), body)

    def _route(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any] | None) -> Answer:  # noqa: PLR0911
        if found := re.fullmatch(r"issues/(\d+)/comments", path):
            number = int(found[1])
            if method == "GET":
                return self._page(path, query, [one for one in self.comments if one["issue"] == number])
            assert body is not None
            assert set(body) == {"body"}
            return 201, self.add_comment(number, body["body"]), {}
        if (found := re.fullmatch(r"issues/comments/(\d+)", path)) and method == "PATCH":
            (comment,) = [one for one in self.comments if one["id"] == int(found[1])]
            assert body is not None
            assert set(body) == {"body"}
            comment["body"] = body["body"]
            return 200, comment, {}
        if path == "issues" and method == "GET":
            state, label = query["state"][0], query["labels"][0]
            wanted = [one for one in self.issues.values() if one["state"] == state and label in one["labels"]]
            return self._page(path, query, wanted)
        if path == "issues" and method == "POST":
            assert body is not None
            assert set(body) == {"title", "body", "labels"}
            return 201, self.add_issue(**body), {}
        if (found := re.fullmatch(r"issues/(\d+)", path)) and method == "PATCH":
            assert body is not None
            assert set(body) <= _ISSUE_FIELDS
            assert body.get("state_reason", "completed") in {"completed", "not_planned", "reopened"}
            self.issues[int(found[1])].update(body)
            return 200, self.issues[int(found[1])], {}
        return 404, {"message": "Not Found"}, {}

    def _page(self, path: str, query: dict[str, list[str]], items: list[dict[str, Any]]) -> Answer:
        size, page = int(query["per_page"][0]), int(query.get("page", ["1"])[0])
        assert 1 <= size <= 100
        headers = {}
        if len(items) > size * page:
            rest = "&".join(f"{key}={values[0]}" for key, values in query.items() if key != "page")
            next_page = f"{self.address}/repos/{REPOSITORY}/{path}?{rest}&page={page + 1}"
            headers["Link"] = f'<{next_page}>; rel="next"'
        return 200, items[size * (page - 1) : size * page], headers

    def _event(self, method: str, headers: dict[str, str], body: dict[str, Any] | None) -> Answer:
        if headers.get("dd-api-key") in {None, "", "wrong"}:
            return 403, {"errors": ["Forbidden"]}, {}
        assert method == "POST"
        assert body is not None
        assert set(body) == {"title", "text", "tags"}
        self.events.append(body)
        return 202, {"status": "ok", "event": {"id": 1, "title": body["title"]}}, {}


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            headers = {key.lower(): value for key, value in self.headers.items()}
            try:
                status, content, more = hub.answer(self.command, self.path, headers, body)
            except (AssertionError, KeyError, ValueError, TypeError) as error:
                hub.wrong.append(f"{self.command} {self.path}: {error!r}")
                status, content, more = 422, {"message": "Validation Failed"}, {}
            text = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = _do

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert hub.wrong == []

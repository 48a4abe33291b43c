"""GitHub's API, as far as comments and issues of one repository go (https://docs.github.com/rest)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

TRIES = 5
LONGEST_WAIT = 60.0
"""Seconds. Whoever is told to wait longer had better come again tomorrow."""
PAGE = 100
MOST_CHARACTERS = 65536
"""Of the body of a comment or an issue: GitHub refuses more."""
_API = "2022-11-28"
_REFUSED_FOR_NOW = {403, 429}
_SERVER_ERROR = 500


class GitHubError(Exception):
    """GitHub could not be reached, or refused; the message says what was asked, and what it answered."""


@dataclass(frozen=True, slots=True)
class GitHub:
    """One repository, seen with one token."""

    repository: str
    """owner/name."""
    token: str = field(repr=False)
    api: str = "https://api.github.com"
    sleep: Callable[[float], None] = time.sleep

    def comments(self, number: int) -> Iterator[dict[str, Any]]:
        """All comments of an issue or a pull request, oldest first."""
        return self._pages(f"issues/{number}/comments", {})

    def add_comment(self, number: int, body: str) -> dict[str, Any]:
        """Make a comment."""
        return self._one("POST", f"issues/{number}/comments", {"body": checked(body)})

    def edit_comment(self, comment: int, body: str) -> dict[str, Any]:
        """Replace the text of a comment."""
        return self._one("PATCH", f"issues/comments/{comment}", {"body": checked(body)})

    def open_issues(self, label: str) -> Iterator[dict[str, Any]]:
        """The open issues with a label, oldest first; pull requests, which GitHub lists among them, are left out."""
        query = {"state": "open", "labels": label, "sort": "created", "direction": "asc"}
        return (issue for issue in self._pages("issues", query) if "pull_request" not in issue)

    def open_issue(self, title: str, body: str, label: str) -> dict[str, Any]:
        """Open an issue. GitHub makes the label where there is none."""
        return self._one("POST", "issues", {"title": title, "body": checked(body), "labels": [label]})

    def edit_issue(self, number: int, **changes: str) -> dict[str, Any]:
        """Change the title, body, state or state_reason of an issue."""
        return self._one("PATCH", f"issues/{number}", changes)

    def _one(self, method: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self._ask(method, f"{self.api}/repos/{self.repository}/{path}", body=body).json()
        return answer

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        url = str(httpx.URL(f"{self.api}/repos/{self.repository}/{path}", params={**query, "per_page": str(PAGE)}))
        while url:
            answer = self._ask("GET", url)
            yield from answer.json()
            url = answer.links.get("next", {}).get("url", "")

    def _ask(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "X-GitHub-Api-Version": _API,
        }
        asked = f"{method} {httpx.URL(url).path}"
        for tries in range(1, TRIES + 1):
            try:
                answer = httpx.request(method, url, headers=headers, json=body, timeout=30)
            except httpx.HTTPError as error:
                # What may have been done is not done a second time.
                again = method != "POST" or isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                reason, wait = str(error) or type(error).__name__, 2.0**tries
            else:
                if answer.is_success:
                    return answer
                again, wait = _again(method, answer), _wait(answer, tries)
                reason = f"{answer.status_code}, {_words(answer)}"
            if not again or tries == TRIES or wait > LONGEST_WAIT:
                raise GitHubError(f"GitHub: {asked}: {reason}")
            self.sleep(wait)
        raise AssertionError


def checked(body: str) -> str:
    """The body, if GitHub takes it. Raises GitHubError."""
    if len(body) > MOST_CHARACTERS:
        raise GitHubError(f"The text has {len(body)} characters; GitHub takes {MOST_CHARACTERS}")
    return body


def _again(method: str, answer: httpx.Response) -> bool:
    """Whether to try again: where GitHub asks for it, or fails in something that can be done twice."""
    if answer.status_code in _REFUSED_FOR_NOW:
        # Without one of these a 403 is a missing permission
        # (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
        return "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    return answer.status_code >= _SERVER_ERROR and method != "POST"


def _wait(answer: httpx.Response, tries: int) -> float:
    """Seconds until the next try: what GitHub says, else twice as long every time."""
    if (said := answer.headers.get("retry-after", "")).isdigit():
        return float(said)
    if answer.headers.get("x-ratelimit-remaining") == "0":
        return max(1.0, float(answer.headers.get("x-ratelimit-reset", "0")) - time.time())
    return 2.0**tries


def _words(answer: httpx.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return answer.reason_phrase
    return str(told.get("message", answer.reason_phrase)) if isinstance(told, dict) else answer.reason_phrase

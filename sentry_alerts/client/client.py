"""Requests to Sentry's API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import httpx

from sentry_alerts.client.errors import ApiError, NoAnswerError, NotFoundError, reason_of, refused
from sentry_alerts.client.retry import SERVER_ERROR, Retry

TIMEOUT = 30.0
"""Seconds for one answer."""
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Failures before anything reached the server."""
Found = Mapping[str, Any]
Params = Mapping[str, str] | None


class Client:
    """Talks to one Sentry. Safe to use from several threads."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        retry: Retry | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """`base_url` ends in `/api/`, as `https://sentry.io/api/` does."""
        self._retry = retry or Retry()
        self._sleep = sleep
        self._http = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/0/", headers={"Authorization": f"Bearer {token}"}, timeout=timeout
        )

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def get(self, path: str) -> Any:
        """An object. Raises `NotFoundError`, `ApiError`."""
        return self._again("GET", path).json()

    def pages(self, path: str, params: Params = None) -> Iterator[dict[str, Any]]:
        """All items of a list: the Link header names the next page (https://docs.sentry.io/api/pagination/)."""
        answer = self._again("GET", path, params=params)
        yield from answer.json()
        while (link := answer.links.get("next", {})).get("results") == "true":
            answer = self._again("GET", link["url"])
            yield from answer.json()

    def put(self, path: str, body: Any) -> Any:
        """Change an object."""
        return self._again("PUT", path, body).json()

    def post_again(self, path: str, body: Any) -> None:
        """A POST that does no harm twice."""
        self._again("POST", path, body)

    def delete(self, path: str, body: Any = None) -> None:
        """Remove an object; it is no error when it is gone."""
        try:
            self._again("DELETE", path, body)
        except NotFoundError:
            return

    def create(
        self, path: str, body: Any, alike: Callable[[], Sequence[Found]], remove: Callable[[Found], object]
    ) -> Found:
        """Make an object exactly once.

        `alike` lists the objects that could be the one to be made (by name), `remove` removes one of them. When the
        answer is lost, the one that was not there before is the one made; only when there is none it is made again.
        A creation that was given up and still comes to its end on the server is removed. Raises `ApiError`.
        """
        before = {one["id"] for one in alike()}
        lost: NoAnswerError | None = None
        for attempt in range(self._retry.attempts):
            if lost is not None:
                self._sleep(self._retry.pause(attempt - 1))
                if new := _new(alike(), before):
                    return _keep_first(new, remove)
            try:
                made: Found = self._once("POST", path, body).json()
            except NoAnswerError as error:
                lost = error
                continue
            if lost is not None:
                _keep_first([made, *(one for one in _new(alike(), before) if one["id"] != made["id"])], remove)
            return made
        if new := _new(alike(), before):
            return _keep_first(new, remove)
        raise ApiError("POST", self._path(path), SERVER_ERROR, f"gave up after {self._retry.attempts} attempts: {lost}")

    def _again(self, method: str, path: str, body: Any = None, params: Params = None) -> httpx.Response:
        """A request that may be repeated: until it is answered."""
        for attempt in range(self._retry.attempts - 1):
            try:
                return self._once(method, path, body, params)
            except NoAnswerError:
                self._sleep(self._retry.pause(attempt))
        try:
            return self._once(method, path, body, params)
        except NoAnswerError as error:
            reason = f"gave up after {self._retry.attempts} attempts: {error}"
            raise ApiError(method, self._path(path), SERVER_ERROR, reason) from None

    def _once(self, method: str, path: str, body: Any = None, params: Params = None) -> httpx.Response:
        """Reach the server once, after as many tries as connecting and rate limits need.

        Raises `NoAnswerError` when the server may have done the work, `ApiError` when it refused.
        """
        for attempt in range(self._retry.attempts):
            last = attempt == self._retry.attempts - 1
            try:
                answer = self._http.request(method, path, json=body, params=params)
            except NEVER_SENT as error:
                if last:
                    raise ApiError(method, self._path(path), 0, f"cannot reach it: {error}") from None
                self._sleep(self._retry.pause(attempt))
                continue
            except httpx.TransportError as error:
                raise NoAnswerError(f"the connection broke: {error or type(error).__name__}") from None
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS and not last:
                asked = self._retry.asked(answer)
                if asked is not None and asked > self._retry.longest_asked:
                    raise refused(answer)
                self._sleep(self._retry.pause(attempt) if asked is None else asked)
                continue
            if answer.status_code >= SERVER_ERROR:
                raise NoAnswerError(f"{answer.status_code} {reason_of(answer)}")
            if answer.is_error or answer.is_redirect:
                raise refused(answer)
            return answer
        raise AssertionError("the last attempt returns or raises")

    def _path(self, path: str) -> str:
        return self._http.base_url.join(path).path


def _new(found: Sequence[Found], before: set[str]) -> list[Found]:
    return sorted((one for one in found if one["id"] not in before), key=lambda one: int(one["id"]))


def _keep_first(found: Sequence[Found], remove: Callable[[Found], object]) -> Found:
    first, *others = found
    for one in others:
        remove(one)
    return first

"""What all vendors' routes share: who may ask, what is not served, and removing an object."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from sandbox.cloud import Cloud, CloudObject, InjectedFault, NotFound
from sandbox.provider.admission import Admission
from sandbox.provider.refusal import Refusal
from sandbox.provider.vendors import injected, not_found

Handler = Callable[[Request], Response]
ErrorBody = Callable[[int, str], object]
"""From status and message to the vendor's way of writing an error."""
STATUS_OF_FAULT = {"rate-limit": 429, "fail": 500}


@dataclass(frozen=True)
class HttpError(Exception):
    """An answer other than success."""

    status: int
    message: str


@dataclass(frozen=True)
class Vendor:
    """One vendor: where its routes are, the headers a request must bear, and how it writes errors."""

    prefix: str
    headers: tuple[str, ...]
    refusal_status: int
    error_body: ErrorBody

    def mount(self, table: dict[str, dict[str, Handler]]) -> Mount:
        """The routes of a table, path -> method -> handler; all other paths answer 404 and name what is served."""
        routes = [
            Route(path, self._endpoint(handler), methods=[method])
            for path, handlers in table.items()
            for method, handler in handlers.items()
        ]
        served = sorted(f"{method} {self.prefix}{path}" for path, handlers in table.items() for method in handlers)

        def nothing(_request: Request) -> Response:
            return JSONResponse({"error": "the sandbox does not serve this route", "served": served}, status_code=404)

        everything = Route("/{path:path}", nothing, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
        return Mount(self.prefix, routes=[*routes, everything])

    def _endpoint(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @wraps(handler)
        async def endpoint(request: Request) -> Response:
            if any(not request.headers.get(name) for name in self.headers):
                return self._error(self.refusal_status, f"the headers {', '.join(self.headers)} are missing")
            request.state.body = await request.body()
            try:
                return await run_in_threadpool(handler, request)
            except HttpError as error:
                return self._error(error.status, error.message)

        return endpoint

    def _error(self, status: int, message: str) -> Response:
        return JSONResponse(self.error_body(status, message), status_code=status)


def get_one(cloud: Cloud, token: str, id_: str) -> CloudObject:
    """An object. Raises `HttpError` 404."""
    found = cloud.read(token, id_)
    if found is None:
        raise HttpError(404, not_found(token, id_))
    return found


def remove(cloud: Cloud, token: str, id_: str, *, force: bool = False) -> None:
    """Remove an object by the vendor's rules. Raises `HttpError`."""
    try:
        cloud.delete(token, id_, also=(lambda _: False) if force else Admission(cloud).release(token, id_))
    except Refusal as error:
        raise HttpError(400, str(error)) from None
    except NotFound:
        raise HttpError(404, not_found(token, id_)) from None
    except InjectedFault as error:
        raise HttpError(STATUS_OF_FAULT[error.kind], injected(token, error.kind, str(error))) from None


def number(request: Request, name: str, default: int) -> int:
    """A whole number of the query. Raises `HttpError` 400."""
    text = request.query_params.get(name, str(default))
    if not text.isdecimal():
        raise HttpError(400, f"{name} must be a whole number, not {text!r}")
    return int(text)

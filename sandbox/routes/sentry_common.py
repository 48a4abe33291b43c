"""What Sentry's routes that change something share: bodies, pages, and faults asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.cloud import Cloud, CloudObject, InjectedFault
from sandbox.computed.context import Making
from sandbox.provider.admission import PROJECT
from sandbox.provider.vendors import injected
from sandbox.routes.http import HttpError
from sentry_alerts import PACKAGE

PAGE = 100
"""Items of a page, as at Sentry."""
BAD_REQUEST, TOO_MANY, SERVER_ERROR = 400, 429, 500
Answer = dict[str, Any]
Make = Callable[[Making], tuple[str, Answer]]
"""From what the cloud makes up to an object's id and answer."""


@dataclass(frozen=True)
class Invalid(Exception):
    """A body Sentry refuses: the problems of each field."""

    problems: Mapping[str, Any]


def body_of(request: Request) -> Answer:
    """The JSON object that was sent. Raises `Invalid`."""
    try:
        found = json.loads(request.state.body or "{}")
    except ValueError as error:
        raise Invalid({"detail": f"JSON parse error - {error}"}) from None
    if not isinstance(found, dict):
        raise Invalid({"non_field_errors": ["Invalid data. Expected a dictionary."]})
    return found


def page_of(request: Request, items: Sequence[Any]) -> Response:
    """One page of a list, with Sentry's Link header."""
    size = min(PAGE, int(request.query_params.get("per_page", PAGE)))
    start = int(request.query_params.get("cursor", "0:0:0").split(":")[1])

    def link(name: str, offset: int, there: bool) -> str:
        url = request.url.include_query_params(cursor=f"0:{offset}:0")
        return f'<{url}>; rel="{name}"; results="{str(there).lower()}"; cursor="0:{offset}:0"'

    links = [link("previous", max(0, start - size), start > 0), link("next", start + size, start + size < len(items))]
    return JSONResponse(list(items[start : start + size]), headers={"Link": ", ".join(links)})


def project_of(cloud: Cloud, organization: str, name: str) -> CloudObject:
    """A project by its slug or number. Raises `HttpError` 404."""
    for each in cloud.objects(PROJECT):
        if each.inputs.get("organization") == organization and name in (each.id, each.properties["internalId"]):
            return each
    raise HttpError(404, "The requested resource does not exist")


@dataclass
class Change:
    """One change of the cloud, and whether it was made: a fault may come before or after."""

    cloud: Cloud
    made: bool = False

    def create(self, token: str, name: str, inputs: Answer, make: Make, key: str | None = None) -> CloudObject:
        """Make an object that people know by this name."""

        def build(sequence: int) -> tuple[str, Answer]:
            built = make(Making(self.cloud.seed, sequence, token, name))
            self.made = True
            return built

        # Nobody gave it a logical name over HTTP.
        return self.cloud.create(token, f"::{name}", inputs, build, key)

    def update(self, found: CloudObject, inputs: Answer, answer: Answer) -> CloudObject:
        """Change an object."""

        def edit(_: CloudObject) -> tuple[Answer, Answer]:
            self.made = True
            return inputs, answer

        return self.cloud.update(found.type, found.id, found.urn, edit)

    def delete(self, found: CloudObject) -> None:
        """Remove an object."""

        def also(_: CloudObject) -> bool:
            self.made = True
            return False

        self.cloud.delete(found.type, found.id, found.urn, also)

    def answered(self, work: Callable[[], Response]) -> Response:
        """Do it, and answer a fault as Sentry would.

        Before the work it is a refusal, which no client repeats; after it an error of the server, which leaves a client
        in doubt.
        """
        try:
            return work()
        except Invalid as error:
            return JSONResponse(dict(error.problems), status_code=BAD_REQUEST)
        except InjectedFault as error:
            detail = {"detail": injected(f"{PACKAGE}:", error.kind, str(error))}
            if error.kind == "rate-limit":
                return JSONResponse(detail, status_code=TOO_MANY, headers={"Retry-After": "1"})
            return JSONResponse(detail, status_code=SERVER_ERROR if self.made else BAD_REQUEST)

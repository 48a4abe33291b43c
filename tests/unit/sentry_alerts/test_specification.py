"""What the provider asks and the local Sentry answers, against a description of Sentry's API where it is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.request.exceptions import RequestValidationError
from openapi_core.validation.response.exceptions import ResponseValidationError

from sentry_alerts import model
from sentry_alerts.client import Client
from sentry_alerts.model.base import with_defaults
from sentry_alerts.provider.kinds import KINDS
from tests.unit.sentry_alerts import examples
from tests.unit.sentry_alerts.conftest import Numbers
from tests.unit.sentry_alerts.server import Exchange, Sentry

DESCRIPTION = Path(__file__).resolve().parents[4] / "shared" / "reference" / "sentry-api.yaml"
NOT_DESCRIBED = "/filters/"
"""Inbound filters are documented by Sentry, but stand in no description we have."""


@pytest.fixture(scope="session")
def described() -> OpenAPI:
    """The description, mended where it is known to differ from Sentry."""
    if not DESCRIPTION.exists():
        pytest.skip(f"the description of Sentry's API ({DESCRIPTION.name}) is not at hand")
    content = _overlapping_allowed(yaml.safe_load(DESCRIPTION.read_text()))
    schemas = content["components"]["schemas"]
    # An assertion is sent and answered as JSON, not as a text of JSON.
    schemas["ProjectMonitor_DataSource_UptimeDomainFailure"]["properties"]["assertion"] = {"nullable": True}
    # Nobody may be the owner; without a type, `nullable` says nothing (https://spec.openapis.org/oas/v3.0.3#schema-object).
    schemas["ProjectMonitor_Owner"] = {"type": "object", "nullable": True, "required": ["type", "id", "name"]}
    # Changed ownership rules are not answered with an alert rule.
    own = content["paths"]["/0/projects/{organization_id_or_slug}/{project_id_or_slug}/ownership"]["put"]["responses"]
    own["200"]["content"]["application/json"]["schema"] = {}
    return OpenAPI.from_dict(content)


def _overlapping_allowed(value: Any) -> Any:
    """Alternatives without a discriminator overlap in the description: an object often fits two of "exactly one"."""
    if isinstance(value, dict):
        mended = {name: _overlapping_allowed(one) for name, one in value.items()}
        if "oneOf" in mended and "discriminator" not in mended:
            mended["anyOf"] = mended.pop("oneOf")
        return mended
    return [_overlapping_allowed(one) for one in value] if isinstance(value, list) else value


def validate(described: OpenAPI, one: Exchange) -> None:
    query = dict(part.split("=", 1) for part in one.query.split("&") if part)
    request = MockRequest(
        "https://sentry.io",
        one.method.lower(),
        one.path.removeprefix("/sentry"),
        args={name: value.replace("%3A", ":") for name, value in query.items()},
        headers=one.headers,
        data=one.sent or None,
        content_type=one.headers.get("content-type", "application/json"),
    )
    described.validate_request(request)
    response = MockResponse(one.answered, status_code=one.status, content_type="application/json")
    described.validate_response(request, response)


@pytest.mark.parametrize("token", sorted(model.MODELS))
def test_all_that_is_said_fits_the_description(
    described: OpenAPI, client: Client, sentry: Sentry, numbers: Numbers, token: str
) -> None:
    kind = KINDS[token]
    values = with_defaults(model.MODELS[token], examples.inputs(numbers.project, numbers.team)[token])
    id_ = kind.create(client, values)
    kind.update(client, id_, {**values, **examples.CHANGES[token]})
    assert kind.read(client, id_, values)
    kind.delete(client, id_)
    known = [one for one in sentry.exchanges if NOT_DESCRIBED not in one.path]
    assert {one.method for one in known} >= {"GET"}
    for one in known:
        validate(described, one)


def test_the_description_refuses_what_is_wrong(
    described: OpenAPI, client: Client, sentry: Sentry, numbers: Numbers
) -> None:
    values = with_defaults(model.AlertInputs, examples.inputs(numbers.project, numbers.team)[model.ALERT])
    KINDS[model.ALERT].create(client, values)
    (sound,) = [one for one in sentry.exchanges if one.method == "POST"]
    validate(described, sound)
    with pytest.raises((RequestValidationError, OpenAPIError)):
        validate(described, _with(sound, sent=sound.sent.replace(b'"actionFilters"', b'"filters"')))
    with pytest.raises((ResponseValidationError, OpenAPIError)):
        validate(described, _with(sound, answered=sound.answered.replace(b'"detectorIds"', b'"detectors"')))


def _with(one: Exchange, **changes: bytes) -> Exchange:
    return Exchange(**{**vars(one), **changes})

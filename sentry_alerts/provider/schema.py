"""The package's schema, derived from the models (https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/)."""

from __future__ import annotations

from typing import Any

from sentry_alerts import PACKAGE, VERSION
from sentry_alerts.model import MODELS
from sentry_alerts.model.base import Inputs

SECRET_INPUTS = ("headers",)


def schema() -> dict[str, Any]:
    """Everything a generator of SDKs needs; nested objects are given as the API writes them."""
    return {
        "name": PACKAGE,
        "version": VERSION,
        "description": "Sentry's alerts, monitors and project settings, on the workflows and detectors API",
        "config": {"variables": _config()},
        "provider": {"inputProperties": _config(), "requiredInputs": ["token"]},
        "resources": {token: _resource(model) for token, model in MODELS.items()},
    }


def _config() -> dict[str, Any]:
    return {
        "token": {"type": "string", "secret": True, "description": "an auth token of Sentry's"},
        "baseUrl": {"type": "string", "description": "ends in /api/; https://sentry.io/api/ when left out"},
    }


def _resource(model: type[Inputs]) -> dict[str, Any]:
    described = model.model_json_schema(by_alias=True)
    properties = {name: _property(name, one) for name, one in described["properties"].items()}
    return {
        "description": (model.__doc__ or "").strip(),
        "inputProperties": properties,
        "requiredInputs": described.get("required", []),
        "properties": {**properties, "internalId": {"type": "string"}},
        "required": ["internalId", *described.get("required", [])],
    }


def _property(name: str, described: dict[str, Any]) -> dict[str, Any]:
    options = [one for one in described.get("anyOf", [described]) if one.get("type") != "null"]
    return {**_type(options[0]), **({"secret": True} if name in SECRET_INPUTS else {})}


def _type(described: dict[str, Any]) -> dict[str, Any]:
    match described.get("type"):
        case "array":
            return {"type": "array", "items": _type(described.get("items", {}))}
        case "object" if "additionalProperties" in described:
            return {"type": "object", "additionalProperties": {"type": "string"}}
        case "string" | "boolean" | "integer" | "number" as plain:
            return {"type": plain}
    if "enum" in described or "const" in described:
        values = described.get("enum") or [described["const"]]
        return {"type": "integer" if isinstance(values[0], int) else "string"}
    return {"$ref": "pulumi.json#/Any"}

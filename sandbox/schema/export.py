"""A package in Pulumi's own schema language, which `pulumi import` needs to write the code of what it imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.schema.model import Package, Property, TypeExpr

ANY = {"$ref": "pulumi.json#/Any"}


def pulumi_schema(package: Package) -> dict[str, Any]:
    """The package's resources and nested types; descriptions and functions are left out."""
    return {
        "name": package.name,
        "version": package.version,
        "resources": {
            token: {
                "inputProperties": _properties(package, resource.inputs),
                "requiredInputs": _required(resource.inputs),
                "properties": _properties(package, {**resource.outputs, **resource.inputs}),
                "required": _required(resource.outputs),
            }
            for token, resource in package.resources.items()
        },
        "types": {
            _token(package, name): {
                "type": "object",
                "properties": _properties(package, properties),
                "required": _required(properties),
            }
            for name, properties in package.types.items()
        },
    }


def _properties(package: Package, properties: Mapping[str, Property]) -> dict[str, Any]:
    return {name: _type(package, each.type) for name, each in properties.items()}


def _required(properties: Mapping[str, Property]) -> list[str]:
    return sorted(name for name, each in properties.items() if each.required)


def _type(package: Package, expression: TypeExpr) -> dict[str, Any]:
    if isinstance(expression, str):
        return {"type": expression} if expression in ("string", "integer", "number", "boolean") else ANY
    if "array" in expression:
        return {"type": "array", "items": _type(package, expression["array"])}
    if "map" in expression:
        return {"type": "object", "additionalProperties": _type(package, expression["map"])}
    if "ref" in expression:
        return {"$ref": f"#/types/{_token(package, expression['ref'])}"}
    return {"type": "string"} if "const" in expression else ANY


def _token(package: Package, reference: str) -> str:
    """`meta.v1._inputs.ObjectMetaArgs` -> `kubernetes:meta/v1:ObjectMeta`."""
    *module, name = reference.replace("._inputs", "").removeprefix("_inputs.").split(".")
    return f"{package.name}:{'/'.join(module) or 'index'}:{name.removesuffix('Args')}"

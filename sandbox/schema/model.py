"""The shape of a resource type: property names, types, what is required, what is secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

PACKAGES: dict[str, str] = {
    "datadog": "pulumi_datadog",
    "sentry": "pulumiverse_sentry",
    "kubernetes": "pulumi_kubernetes",
    "docker": "pulumi_docker",
}
"""Pulumi package name -> the Python module that is its SDK."""

TypeExpr = Any
"""A property type as JSON: "string" | "integer" | "number" | "boolean" | "any" | {"array": T} | {"map": T} |
{"ref": name} (an object described in `Package.types`) | {"union": [T, ...]} | {"const": [value, ...]}."""

Scalar = Literal["string", "integer", "number", "boolean", "any"]


@dataclass(frozen=True)
class Property:
    """One input or output property: its type and whether it must be given."""

    type: TypeExpr
    required: bool


@dataclass(frozen=True)
class Resource:
    """One resource type. Property names are Pulumi's camelCase names."""

    token: str
    inputs: dict[str, Property]
    outputs: dict[str, Property]
    secrets: frozenset[str]
    replace_on_changes: frozenset[str]


@dataclass(frozen=True)
class Package:
    """One provider package at one version."""

    name: str
    version: str
    config: dict[str, Property]
    resources: dict[str, Resource]
    types: dict[str, dict[str, Property]]


def properties_from_json(entries: dict[str, list[Any]]) -> dict[str, Property]:
    """Read properties from their stored form, name -> [type, required]."""
    return {name: Property(type=entry[0], required=entry[1]) for name, entry in entries.items()}


def package_from_json(document: dict[str, Any]) -> Package:
    """Read a package as `sandbox.schema.derive` writes it."""
    return Package(
        name=document["name"],
        version=document["version"],
        config=properties_from_json(document["config"]),
        resources={
            token: Resource(
                token=token,
                inputs=properties_from_json(entry["inputs"]),
                outputs=properties_from_json(entry["outputs"]),
                secrets=frozenset(entry["secrets"]),
                replace_on_changes=frozenset(entry["replaceOnChanges"]),
            )
            for token, entry in document["resources"].items()
        },
        types={name: properties_from_json(entry) for name, entry in document["types"].items()},
    )

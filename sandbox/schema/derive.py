"""Derive a package's schema from its installed SDK classes; run as a child process because the import is heavy.

`python -m sandbox.schema.derive datadog > datadog.json`
"""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import re
import sys
import types
import typing
from collections import abc
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pulumi
from pulumi import _types as pulumi_types
from pulumi.runtime import rpc

from sandbox.schema.model import PACKAGES, TypeExpr

SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
FORWARD: dict[str, Any] = {"Output": pulumi.Output, "T": typing.TypeVar("T")}
"""Names that `pulumi.Input` refers to by string, and that the generated modules do not import."""
CONTAINERS: dict[Any, str] = {abc.Sequence: "array", list: "array", abc.Mapping: "map", dict: "map"}
SECRETS = re.compile(r"additional_secret_outputs=(\[[^\]]*\])")
REPLACES = re.compile(r"replace_on_changes=(\[[^\]]*\])")


class Deriver:
    """Turns the classes of one package into JSON, collecting the nested object types on the way."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.module = importlib.import_module(PACKAGES[package])
        self.types: dict[str, dict[str, list[Any]]] = {}

    def document(self) -> dict[str, Any]:
        """The whole package as JSON."""
        resources = {token: self.resource(cls) for token, cls in sorted(self.resource_classes().items())}
        return {
            "name": self.package,
            "version": version(PACKAGES[self.package].replace("_", "-")),
            "config": self.inputs(self.args_class(self.module.Provider)),
            "resources": resources,
            "types": self.types,
        }

    def resource_classes(self) -> dict[str, type]:
        """Type token -> class, from the registry every generated SDK fills when it is imported."""
        found: dict[str, type] = {}
        for modules in rpc._RESOURCE_MODULES.values():  # noqa: SLF001 -- the SDK has no public way to list its types
            for module in modules:
                info = getattr(module, "mod_info", None)
                if info is None or info["pkg"] != self.package:
                    continue
                for token, name in info["classes"].items():
                    found[token] = getattr(importlib.import_module(info["fqn"]), name)
        return {token: cls for token, cls in found.items() if issubclass(cls, pulumi.CustomResource)}

    def args_class(self, cls: type) -> type:
        """The class of a resource's arguments: the one its generated module exports beside it."""
        module = sys.modules[cls.__module__]
        names = [name for name in (f"{cls.__name__}Args", f"{cls.__name__}InitArgs") if hasattr(module, name)]
        return typing.cast(type, getattr(module, names[-1]))

    def resource(self, cls: type) -> dict[str, Any]:
        """One resource type as JSON."""
        source = Path(inspect.getfile(cls)).read_text()
        return {
            "inputs": self.inputs(self.args_class(cls)),
            "outputs": self.outputs(cls),
            "secrets": sorted(_names(SECRETS, source)),
            "replaceOnChanges": sorted(_names(REPLACES, source)),
        }

    def inputs(self, args: type) -> dict[str, list[Any]]:
        """Inputs of an argument class: camelCase name -> [type, required]."""
        names = pulumi_types.input_type_py_to_pulumi_names(args)
        init = inspect.unwrap(args.__init__)  # type: ignore[misc]
        hints = typing.get_type_hints(init, localns=FORWARD)
        parameters = inspect.signature(init).parameters
        return {
            pulumi_name: [self.type_of(hints[name]), parameters[name].default is inspect.Parameter.empty]
            for name, pulumi_name in sorted(names.items())
        }

    def outputs(self, cls: type) -> dict[str, list[Any]]:
        """Outputs of a resource class: camelCase name -> [type, always present]."""
        found: dict[str, list[Any]] = {}
        for name, pulumi_name in sorted(pulumi_types.resource_py_to_pulumi_names(cls).items()):
            getter = getattr(cls, name).fget
            hint = typing.get_type_hints(getter, localns=FORWARD).get("return", Any)
            (inner,) = typing.get_args(hint) or (Any,)
            optional = type(None) in typing.get_args(inner)
            found[pulumi_name] = [_shallow(self.type_of(inner, nested=False)), not optional]
        return found

    def type_of(self, hint: Any, *, nested: bool = True) -> TypeExpr:
        """A type hint as a type expression; `Input`, `Output`, `Awaitable` and `Optional` are taken off."""
        if hint in SCALARS:
            return SCALARS[hint]
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            kept = [a for a in args if typing.get_origin(a) not in (abc.Awaitable, pulumi.Output)]
            return _union([self.type_of(a, nested=nested) for a in kept if a is not type(None)])
        if origin is typing.Literal:
            return {"const": list(args)}
        if origin in CONTAINERS:
            return {CONTAINERS[origin]: self.type_of(args[-1], nested=nested)}
        return self.class_type(hint, nested=nested) if isinstance(hint, type) else "any"

    def class_type(self, cls: type, *, nested: bool) -> TypeExpr:
        """The type expression of an enumeration or of a nested class."""
        if issubclass(cls, Enum):
            return {"const": [member.value for member in cls]}
        if pulumi_types.is_input_type(cls) and nested:
            return self.reference(cls)
        return "map" if pulumi_types.is_output_type(cls) else "any"

    def reference(self, cls: type) -> TypeExpr:
        """A reference to a nested argument class, described once."""
        name = f"{cls.__module__.removeprefix(PACKAGES[self.package])}.{cls.__name__}".removeprefix(".")
        if name not in self.types:
            self.types[name] = {}
            self.types[name].update(self.inputs(cls))
        return {"ref": name}


def _union(members: list[TypeExpr]) -> TypeExpr:
    """A union without duplicates; a constant beside a plain string is an open enumeration, so a string."""
    distinct: list[TypeExpr] = []
    for member in members:
        if member not in distinct:
            distinct.append(member)
    if "string" in distinct:
        distinct = [m for m in distinct if not (isinstance(m, dict) and "const" in m)]
    if "any" in distinct or not distinct:
        return "any"
    return distinct[0] if len(distinct) == 1 else {"union": distinct}


def _shallow(expression: TypeExpr) -> TypeExpr:
    """An output's type without its members: outputs are produced here, not checked."""
    if isinstance(expression, dict):
        return next((key for key in ("array", "map") if key in expression), "string")
    return expression


def _names(pattern: re.Pattern[str], source: str) -> set[str]:
    return {name for found in pattern.findall(source) for name in re.findall(r'"([^"]+)"', found)}


if __name__ == "__main__":
    gc.disable()  # millions of long-lived objects: the collector only costs time here
    json.dump(Deriver(sys.argv[1]).document(), sys.stdout, separators=(",", ":"))

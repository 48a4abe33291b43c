"""What a program registers, recorded as the data of the flat program."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pulumi
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from pulumi import _types as sdk_types
from pulumi.runtime import get_root_resource, reset_options, set_mocks
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest, RegisterResourceResponse
from pulumi.runtime.stack import Stack

from infra.naming import PROJECT
from tests.bench.flat import CONCAT, OUTPUT, SECRET

FILTERS_THERE = "datadog:index/getApmRetentionFiltersOrder:getApmRetentionFiltersOrder"
# How secrets travel (sdk/python/lib/pulumi/runtime/rpc.py).
_SIGNATURE = "4dabf18193072939515e22adb298388d"
# Stands for an output wherever the program puts it: the resource's type and name, and the attribute.
_MARKER = re.compile(r"<<([^<>]+)\.(\w+)>>")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def record(program: Callable[[], object], stack: str) -> dict[str, Any]:
    """Run a program under mocks and return what `flat.declare` needs to register the same: resources and outputs.

    Components are left out, and so is who is whose parent.
    """
    recorder = _Recorder()
    # A stack that an earlier program left in this process would lend this one its transformations and outputs.
    reset_options()
    set_mocks(_Unasked(), project=PROJECT, stack=stack, monitor=recorder)
    exported: dict[str, Any] = {}

    @pulumi.runtime.test  # type: ignore[untyped-decorator]
    def run() -> None:
        pulumi.runtime.register_stack_transformation(recorder.note_class)
        program()
        root = get_root_resource()
        assert isinstance(root, Stack)
        pulumi.Output.from_input(root.outputs).apply(exported.update)

    run()
    return {"resources": recorder.registered, "outputs": _encode(exported)}


class _Unasked(Mocks):
    """The recorder answers registrations by itself; a flat program repeats no calls, only what came of them."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        raise AssertionError(args.name)

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        if args.token == FILTERS_THERE:
            # Nobody else has retention filters: the order is that of the program's own.
            return {"id": "filtersOrderID", "filterIds": []}, []
        raise AssertionError(f"the program called {args.token}")


class _Recorder(MockMonitor):
    """Answers each registration with its inputs and with markers for its outputs, and keeps it."""

    def __init__(self) -> None:
        super().__init__(_Unasked())
        self.registered: dict[str, dict[str, Any]] = {}
        self._classes: dict[tuple[str, str], type] = {}

    def note_class(self, args: pulumi.ResourceTransformationArgs) -> None:
        """A transformation that changes nothing: the protocol does not say which class a resource is of."""
        self._classes[args.type_, args.name] = type(args.resource)

    def RegisterResource(self, request: RegisterResourceRequest) -> RegisterResourceResponse:
        urn = self.make_urn(request.parent, request.type, request.name)
        if not request.custom:
            return RegisterResourceResponse(urn=urn)
        cls = self._classes[request.type, request.name]
        inputs = MessageToDict(request.object)
        if request.type.startswith("pulumi:providers:"):
            # Providers are sent what is no text as JSON, which their classes do again.
            inputs = {name: value == "true" if value in ("true", "false") else value for name, value in inputs.items()}
        key = f"{request.type}::{request.name}"
        self.registered[key] = {
            "class": [cls.__module__, cls.__name__],
            "name": request.name,
            "arguments": {
                _CAPITAL.sub("_", name).lower(): _encode(value)
                for name, value in inputs.items()
                # These two follow from the class.
                if name not in {"apiVersion", "kind"}
            },
            "provider": _key(request.provider) if request.provider else None,
            "depends_on": sorted(_key(urn) for urn in request.dependencies),
            "protect": request.protect,
            "secret_outputs": sorted(set(request.additionalSecretOutputs)),
        }
        state = Struct()
        state.update({**inputs, **_markers(cls, key)})
        return RegisterResourceResponse(urn=urn, id=f"<<{key}.id>>", object=state)


def _key(reference: str) -> str:
    """Type and name in a URN, whose type begins with its parents' types, or in a provider's URN followed by its id."""
    _, _, types, name, *_ = reference.split("::")
    return f"{types.rpartition('$')[2]}::{name}"


def _markers(cls: type, key: str) -> dict[str, str]:
    """A marker for each output of this class that is text, under its name in the protocol."""
    wire = sdk_types.resource_py_to_pulumi_names(cls)
    types = sdk_types.resource_types(cls)
    return {
        wire[name]: f"<<{key}.{name}>>" for name in wire if sdk_types.unwrap_optional_type(types[wire[name]]) is str
    }


def _encode(value: Any) -> Any:
    """The value with secrets and markers as `flat.resolve` reads them."""
    if isinstance(value, list):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        if _SIGNATURE in value:
            return {SECRET: _encode(value["value"])}
        return {key: _encode(item) for key, item in value.items()}
    if not isinstance(value, str) or not _MARKER.search(value):
        return value
    text, *rest = _MARKER.split(value)
    parts: list[Any] = [text]
    for key, attribute, after in zip(rest[0::3], rest[1::3], rest[2::3], strict=True):
        parts += [{OUTPUT: [key, attribute]}, after]
    parts = [part for part in parts if part != ""]
    return parts[0] if len(parts) == 1 else {CONCAT: parts}

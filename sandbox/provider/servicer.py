"""The gRPC side of one provider: decodes requests, asks the lifecycle, encodes answers."""

from __future__ import annotations

import json
from typing import Any, NoReturn, Protocol

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from sandbox.provider.lifecycle import Lifecycle
from sandbox.provider.refusal import Refusal
from sandbox.schema.export import pulumi_schema
from sandbox.wire import decode, encode

KINDS = {
    ("add", False): rpc.PropertyDiff.ADD,
    ("add", True): rpc.PropertyDiff.ADD_REPLACE,
    ("update", False): rpc.PropertyDiff.UPDATE,
    ("update", True): rpc.PropertyDiff.UPDATE_REPLACE,
    ("delete", False): rpc.PropertyDiff.DELETE,
    ("delete", True): rpc.PropertyDiff.DELETE_REPLACE,
}


class _ForResource(Protocol):
    urn: str


class Provider(ResourceProviderServicer):
    """Answers for one package."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self._lifecycle = lifecycle
        # Later requests do not say which provider instance they are for; each instance has a connection of its own.
        self._configs: dict[str, dict[str, Any]] = {}

    def Handshake(
        self, request: rpc.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> rpc.ProviderHandshakeResponse:
        """Say what this provider understands."""
        return rpc.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: plugin_pb2.PluginAttach, context: grpc.ServicerContext) -> Empty:
        """The engine found us by PULUMI_DEBUG_PROVIDERS."""
        return Empty()

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The version of the SDK whose provider this stands for."""
        return plugin_pb2.PluginInfo(version=self._lifecycle.package.version)

    def GetSchema(self, request: rpc.GetSchemaRequest, context: grpc.ServicerContext) -> rpc.GetSchemaResponse:
        """The package's schema, for the code that `pulumi import` writes."""
        return rpc.GetSchemaResponse(schema=json.dumps(pulumi_schema(self._lifecycle.package)))

    def CheckConfig(self, request: rpc.CheckRequest, context: grpc.ServicerContext) -> rpc.CheckResponse:
        """Check the provider's own configuration."""
        news = decode(request.news)
        problems = self._lifecycle.check_config(news)
        return _checked(request.news, [str(problem) for problem in problems])

    def DiffConfig(self, request: rpc.DiffRequest, context: grpc.ServicerContext) -> rpc.DiffResponse:
        """A changed configuration never replaces the provider."""
        return rpc.DiffResponse(changes=rpc.DiffResponse.DIFF_NONE)

    def Configure(self, request: rpc.ConfigureRequest, context: grpc.ServicerContext) -> rpc.ConfigureResponse:
        """Remember the settings of this provider instance."""
        self._configs[context.peer()] = decode(request.args)
        return rpc.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: rpc.CheckRequest, context: grpc.ServicerContext) -> rpc.CheckResponse:
        """Check a resource's inputs."""
        inputs, problems = self._lifecycle.check(
            _token(request),
            request.urn,
            decode(request.olds),
            decode(request.news),
            seed=request.randomSeed,
            config=self._configs.get(context.peer(), {}),
        )
        return _checked(encode(inputs), [str(problem) for problem in problems])

    def Diff(self, request: rpc.DiffRequest, context: grpc.ServicerContext) -> rpc.DiffResponse:
        """Compare the inputs of the last run with the new ones."""
        config = self._configs.get(context.peer(), {})
        difference, delete_first = self._lifecycle.diff(
            _token(request), decode(request.old_inputs), decode(request.news), config
        )
        replaces = difference.replaces
        return rpc.DiffResponse(
            changes=rpc.DiffResponse.DIFF_SOME if difference.changes else rpc.DiffResponse.DIFF_NONE,
            diffs=difference.properties,
            replaces=sorted(replaces),
            deleteBeforeReplace=delete_first,
            hasDetailedDiff=True,
            detailedDiff={
                path: rpc.PropertyDiff(kind=KINDS[kind, path in replaces], inputDiff=True)
                for path, kind in difference.changes.items()
            },
        )

    def Create(self, request: rpc.CreateRequest, context: grpc.ServicerContext) -> rpc.CreateResponse:
        """Make an object, or at preview tell what is known of it."""
        try:
            id_, properties = self._lifecycle.create(
                _token(request), request.urn, decode(request.properties), preview=request.preview
            )
        except Refusal as error:
            _abort(context, error)
        return rpc.CreateResponse(id=id_, properties=encode(properties))

    def Read(self, request: rpc.ReadRequest, context: grpc.ServicerContext) -> rpc.ReadResponse:
        """Read an object back, for a refresh or an import."""
        found = self._lifecycle.read(
            _token(request), request.id, request.urn, decode(request.inputs), decode(request.properties)
        )
        if found is None:
            return rpc.ReadResponse(id="")
        id_, inputs, properties = found
        return rpc.ReadResponse(id=id_, inputs=encode(inputs), properties=encode(properties))

    def Update(self, request: rpc.UpdateRequest, context: grpc.ServicerContext) -> rpc.UpdateResponse:
        """Change an object, or at preview tell what it will be."""
        try:
            properties = self._lifecycle.update(
                _token(request), request.id, request.urn, decode(request.news), preview=request.preview
            )
        except Refusal as error:
            _abort(context, error)
        return rpc.UpdateResponse(properties=encode(properties))

    def Delete(self, request: rpc.DeleteRequest, context: grpc.ServicerContext) -> Empty:
        """Remove an object."""
        try:
            self._lifecycle.delete(_token(request), request.id, request.urn)
        except Refusal as error:
            _abort(context, error)
        return Empty()

    def Invoke(self, request: rpc.InvokeRequest, context: grpc.ServicerContext) -> rpc.InvokeResponse:
        """Call a function of the provider; most are not there, and this says so."""
        try:
            answer = self._lifecycle.call(request.tok)
        except Refusal as error:
            _abort(context, error)
        response = rpc.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(answer))  # a keyword of Python's
        return response

    def Construct(self, request: rpc.ConstructRequest, context: grpc.ServicerContext) -> rpc.ConstructResponse:
        """Components of a provider are not there: say so."""
        _abort(context, Refusal(f"the sandbox has no components: {request.type} needs the real provider"))

    def Call(self, request: rpc.CallRequest, context: grpc.ServicerContext) -> rpc.CallResponse:
        """Methods are not there: say so."""
        _abort(context, Refusal(f"the sandbox has no methods: {request.tok} needs the real provider"))

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """The engine was interrupted: what is under way ends by itself."""
        return Empty()


def _token(request: _ForResource) -> str:
    return str(request.urn).split("::")[2].rsplit("$", 1)[-1]


def _checked(inputs: Struct, reasons: list[str]) -> rpc.CheckResponse:
    # The path stands in the reason: with a property name the engine would print the property's value, secret or not.
    failures = [rpc.CheckFailure(property="", reason=reason) for reason in reasons]
    return rpc.CheckResponse(inputs=inputs, failures=failures)


def _abort(context: grpc.ServicerContext, error: Exception) -> NoReturn:
    context.abort(grpc.StatusCode.UNKNOWN, str(error))
    raise AssertionError("abort raises")

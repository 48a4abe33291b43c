"""Pulumi's provider protocol over the kinds of this provider."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from sentry_alerts import VERSION
from sentry_alerts.client import ApiError, Client
from sentry_alerts.model import MODELS
from sentry_alerts.model.base import UNKNOWN, as_given, problems, with_defaults
from sentry_alerts.provider.kind import Kind, Values
from sentry_alerts.provider.kinds import KINDS
from sentry_alerts.provider.schema import schema
from sentry_alerts.provider.wire import decode, encode

BASE_URL = "https://sentry.io/api/"
OWN = ("version", "pluginDownloadURL")
"""Settings of the engine itself, which arrive with the provider's."""
CONFIG = ("token", "baseUrl")
API_URL = re.compile(r"https?://[^\s/]+(/\S*)?/api/")
MakeClient = Callable[[str, str], Client]
"""From base URL and token."""


class Provider(ResourceProviderServicer):
    """Serves one or more engines; each is told apart by its connection.

    It does not accept secrets: the engine opens them before it sends them, and marks them again in what comes back.
    """

    def __init__(self, make_client: MakeClient = Client) -> None:
        self._make_client = make_client
        self._clients: dict[str, Client] = {}

    def Handshake(
        self, request: rpc.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> rpc.ProviderHandshakeResponse:
        """Say what this provider understands."""
        return rpc.ProviderHandshakeResponse(accept_secrets=False)

    def Attach(self, request: plugin_pb2.PluginAttach, context: grpc.ServicerContext) -> Empty:
        """The engine found us by PULUMI_DEBUG_PROVIDERS."""
        return Empty()

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Our version."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def GetSchema(self, request: rpc.GetSchemaRequest, context: grpc.ServicerContext) -> rpc.GetSchemaResponse:
        """The package's schema: for `pulumi import`, and for programs in other languages."""
        return rpc.GetSchemaResponse(schema=json.dumps(schema()))

    def CheckConfig(self, request: rpc.CheckRequest, context: grpc.ServicerContext) -> rpc.CheckResponse:
        """Check the provider's own configuration."""
        news = {name: value for name, value in decode(request.news).items() if name not in OWN}
        reasons = [f"{name} is not a setting of this provider" for name in sorted({*news} - {*CONFIG})]
        if news.get("token") in (None, ""):
            reasons.append("token is missing: an auth token of Sentry's")
        url = news.get("baseUrl")
        if url not in (None, UNKNOWN) and not API_URL.fullmatch(str(url)):
            reasons.append("baseUrl must be a URL that ends in /api/")
        return rpc.CheckResponse(inputs=request.news, failures=[rpc.CheckFailure(reason=reason) for reason in reasons])

    def DiffConfig(self, request: rpc.DiffRequest, context: grpc.ServicerContext) -> rpc.DiffResponse:
        """A changed configuration never replaces the provider."""
        return rpc.DiffResponse(changes=rpc.DiffResponse.DIFF_NONE)

    def Configure(self, request: rpc.ConfigureRequest, context: grpc.ServicerContext) -> rpc.ConfigureResponse:
        """Make a client for this connection."""
        given = decode(request.args)
        self._clients[context.peer()] = self._make_client(given.get("baseUrl") or BASE_URL, given["token"])
        return rpc.ConfigureResponse(acceptSecrets=False, supportsPreview=True)

    def Check(self, request: rpc.CheckRequest, context: grpc.ServicerContext) -> rpc.CheckResponse:
        """Check a resource's inputs, and fill in defaults."""
        model = MODELS.get(_token(request.urn))
        if model is None:
            reason = f"no such resource type; there are {', '.join(sorted(MODELS))}"
            return rpc.CheckResponse(inputs=request.news, failures=[rpc.CheckFailure(reason=reason)])
        inputs = with_defaults(model, decode(request.news))
        # The path stands in the reason: with a property name the engine would print the value, secret or not.
        failures = [rpc.CheckFailure(reason=str(one)) for one in problems(model, inputs)]
        return rpc.CheckResponse(inputs=encode(inputs), failures=failures)

    def Diff(self, request: rpc.DiffRequest, context: grpc.ServicerContext) -> rpc.DiffResponse:
        """Compare the inputs of the last run with the new ones."""
        old, new = decode(request.old_inputs), decode(request.news)
        changed = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
        return rpc.DiffResponse(
            changes=rpc.DiffResponse.DIFF_SOME if changed else rpc.DiffResponse.DIFF_NONE,
            diffs=changed,
            replaces=[name for name in changed if name in _kind(request.urn).immutable],
        )

    def Create(self, request: rpc.CreateRequest, context: grpc.ServicerContext) -> rpc.CreateResponse:
        """Make an object, or at preview tell what is known of it."""
        inputs = decode(request.properties)
        if request.preview:
            return rpc.CreateResponse(properties=encode({**inputs, "internalId": UNKNOWN}))
        with _worded(context):
            id_ = _kind(request.urn).create(self._client(context), inputs)
        return rpc.CreateResponse(id=id_, properties=encode(_outputs(id_, inputs)))

    def Read(self, request: rpc.ReadRequest, context: grpc.ServicerContext) -> rpc.ReadResponse:
        """Read an object back, for a refresh or an import."""
        known = decode(request.inputs) or {
            name: value for name, value in decode(request.properties).items() if name != "internalId"
        }
        with _worded(context):
            if request.id.count("/") != 1:
                raise LookupError(f"{request.id!r} is no id: write ORGANIZATION/NUMBER (or /PROJECT, for settings)")
            found = _kind(request.urn).read(self._client(context), request.id, known)
        if found is None:
            return rpc.ReadResponse(id="")
        inputs = as_given(MODELS[_token(request.urn)], found, known)
        return rpc.ReadResponse(id=request.id, inputs=encode(inputs), properties=encode(_outputs(request.id, inputs)))

    def Update(self, request: rpc.UpdateRequest, context: grpc.ServicerContext) -> rpc.UpdateResponse:
        """Change an object, or at preview tell what it will be."""
        news = decode(request.news)
        if not request.preview:
            with _worded(context):
                _kind(request.urn).update(self._client(context), request.id, news)
        return rpc.UpdateResponse(properties=encode(_outputs(request.id, news)))

    def Delete(self, request: rpc.DeleteRequest, context: grpc.ServicerContext) -> Empty:
        """Remove an object."""
        with _worded(context):
            _kind(request.urn).delete(self._client(context), request.id)
        return Empty()

    def Invoke(self, request: rpc.InvokeRequest, context: grpc.ServicerContext) -> rpc.InvokeResponse:
        """There are no functions: say so."""
        context.abort(grpc.StatusCode.UNIMPLEMENTED, f"this provider has no functions: {request.tok}")
        raise AssertionError("abort raises")

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """The engine was interrupted: what is under way ends by itself."""
        return Empty()

    def _client(self, context: grpc.ServicerContext) -> Client:
        return self._clients[context.peer()]


@contextmanager
def _worded(context: grpc.ServicerContext) -> Iterator[None]:
    """Tell the engine what was refused, without a traceback."""
    try:
        yield
    except (ApiError, LookupError) as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error))


def _token(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


def _kind(urn: str) -> Kind:
    return KINDS[_token(urn)]


def _outputs(id_: str, inputs: Values) -> dict[str, Any]:
    return {**inputs, "internalId": id_.rsplit("/", 1)[-1]}

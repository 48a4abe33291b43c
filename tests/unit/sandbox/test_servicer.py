"""The provider protocol over a real gRPC connection, as the engine speaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub, add_ResourceProviderServicer_to_server

from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.provider.servicer import Provider
from sandbox.schema.cache import Schemas
from sandbox.wire import Secret, decode, encode
from tests.unit.sandbox import examples as ex

URN = ex.urn(ex.MONITOR)


@pytest.fixture
def engine(schemas: Schemas, cloud: Cloud) -> Iterator[ResourceProviderStub]:
    server = grpc.server(ThreadPoolExecutor(4))
    add_ResourceProviderServicer_to_server(Provider(Lifecycle("datadog", schemas, cloud, "1.34")), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield ResourceProviderStub(channel)
    server.stop(None)


def test_the_engine_may_attach_and_sends_secrets(engine: ResourceProviderStub) -> None:
    engine.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1"))
    assert engine.Handshake(rpc.ProviderHandshakeRequest()).accept_secrets
    assert engine.GetPluginInfo(Empty()).version.startswith("5.")
    assert engine.Configure(rpc.ConfigureRequest()).acceptSecrets


def test_check_answers_all_problems_without_the_values(engine: ResourceProviderStub) -> None:
    news = encode(ex.monitor(priority="9", tags=Secret("hunter2")))
    failures = engine.Check(rpc.CheckRequest(urn=URN, news=news)).failures
    assert sorted(each.reason.split(":")[0] for each in failures) == ["priority", "tags"]
    # With a property name the engine would print the property's value.
    assert {each.property for each in failures} == {""}
    assert "hunter2" not in str(failures)


def test_an_object_lives_from_create_to_delete(engine: ResourceProviderStub, cloud: Cloud) -> None:
    inputs = encode(ex.monitor(message=Secret("hunter2")))
    made = engine.Create(rpc.CreateRequest(urn=URN, properties=inputs))
    assert decode(made.properties)["message"] == Secret("hunter2")
    news = encode(ex.monitor(message=Secret("hunter2"), priority="2"))
    difference = engine.Diff(rpc.DiffRequest(id=made.id, urn=URN, olds=made.properties, old_inputs=inputs, news=news))
    assert difference.changes == rpc.DiffResponse.DIFF_SOME
    assert dict(difference.detailedDiff) == {"priority": rpc.PropertyDiff(kind=rpc.PropertyDiff.UPDATE, inputDiff=True)}
    updated = engine.Update(rpc.UpdateRequest(id=made.id, urn=URN, olds=made.properties, news=news, old_inputs=inputs))
    read = engine.Read(rpc.ReadRequest(id=made.id, urn=URN, inputs=news, properties=updated.properties))
    assert (read.id, read.properties, read.inputs) == (made.id, updated.properties, news)
    engine.Delete(rpc.DeleteRequest(id=made.id, urn=URN))
    assert cloud.objects() == []
    assert engine.Read(rpc.ReadRequest(id=made.id, urn=URN)).id == ""


def test_what_is_not_carried_out_is_refused_and_never_a_success(engine: ResourceProviderStub) -> None:
    calls: list[Callable[[], object]] = [
        lambda: engine.Invoke(rpc.InvokeRequest(tok="datadog:index/getRole:getRole")),
        lambda: engine.Construct(rpc.ConstructRequest(type="x:y:Z")),
        lambda: engine.Call(rpc.CallRequest(tok="x")),
        lambda: engine.Update(rpc.UpdateRequest(id="1", urn=URN, news=encode(ex.monitor()))),
        lambda: engine.Delete(rpc.DeleteRequest(id="1", urn=URN)),
    ]
    for call in calls:
        with pytest.raises(grpc.RpcError) as refused:
            call()
        assert "Traceback" not in str(refused.value)
        assert refused.value.code() == grpc.StatusCode.UNKNOWN


def test_a_changed_immutable_property_is_a_replacement(engine: ResourceProviderStub) -> None:
    old, new = encode(ex.monitor()), encode(ex.monitor(type="log alert"))
    difference = engine.Diff(rpc.DiffRequest(urn=URN, old_inputs=old, olds=old, news=new))
    assert list(difference.replaces) == ["type"]
    assert difference.detailedDiff["type"].kind == rpc.PropertyDiff.UPDATE_REPLACE

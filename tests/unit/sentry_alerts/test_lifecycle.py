"""Check, create, read, diff, update and delete, from the protocol to HTTP and back."""

from __future__ import annotations

import json
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as rpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from sentry_alerts import model
from sentry_alerts.model.base import UNKNOWN
from sentry_alerts.provider.wire import SECRET, SIGNATURE, decode, encode
from tests.unit.sentry_alerts import examples
from tests.unit.sentry_alerts.conftest import TOKEN, Numbers
from tests.unit.sentry_alerts.server import Sentry

TOKENS = sorted(model.MODELS)
MADE = [model.ALERT, model.METRIC_MONITOR, model.CRON_MONITOR, model.UPTIME_MONITOR]


def urn(token: str) -> str:
    return f"urn:pulumi:dev::p::monitoring:sentry:ErrorAlerts${token}::it"


def checked(engine: ResourceProviderStub, token: str, values: dict[str, Any]) -> dict[str, Any]:
    answer = engine.Check(rpc.CheckRequest(urn=urn(token), news=encode(values)))
    assert list(answer.failures) == []
    return decode(answer.inputs)


def created(engine: ResourceProviderStub, token: str, inputs: dict[str, Any]) -> str:
    answer = engine.Create(rpc.CreateRequest(urn=urn(token), properties=encode(inputs)))
    assert decode(answer.properties) == {**inputs, "internalId": answer.id.rsplit("/", 1)[-1]}
    return str(answer.id)


def read(engine: ResourceProviderStub, token: str, id_: str, known: dict[str, Any]) -> rpc.ReadResponse:
    answer: rpc.ReadResponse = engine.Read(
        rpc.ReadRequest(urn=urn(token), id=id_, inputs=encode(known), properties=encode(known))
    )
    return answer


@pytest.mark.parametrize("token", TOKENS)
def test_a_whole_life(engine: ResourceProviderStub, numbers: Numbers, token: str) -> None:
    inputs = checked(engine, token, examples.inputs(numbers.project, numbers.team)[token])
    id_ = created(engine, token, inputs)
    assert decode(read(engine, token, id_, inputs).inputs) == inputs
    news = checked(engine, token, {**inputs, **examples.CHANGES[token]})
    difference = engine.Diff(rpc.DiffRequest(urn=urn(token), old_inputs=encode(inputs), news=encode(news)))
    assert (list(difference.diffs), list(difference.replaces)) == (sorted(examples.CHANGES[token]), [])
    engine.Update(rpc.UpdateRequest(urn=urn(token), id=id_, olds=encode(inputs), news=encode(news)))
    assert decode(read(engine, token, id_, news).inputs) == news
    engine.Delete(rpc.DeleteRequest(urn=urn(token), id=id_))
    engine.Delete(rpc.DeleteRequest(urn=urn(token), id=id_))
    assert (read(engine, token, id_, news).id == "") == (token in MADE)


@pytest.mark.parametrize("token", TOKENS)
def test_an_import_reads_all_of_it(engine: ResourceProviderStub, numbers: Numbers, token: str) -> None:
    inputs = checked(engine, token, examples.inputs(numbers.project, numbers.team)[token])
    found = decode(read(engine, token, created(engine, token, inputs), {}).inputs)
    if token == model.ALERT:
        # An issue stream is a monitor like others to whoever does not know of which project it is.
        assert found.pop("monitorIds") == [f"{numbers.project}2"]
        assert (found.pop("projects"), inputs.pop("projects"), inputs.pop("monitorIds")) == ([], [numbers.project], [])
        assert [one["type"] for one in found.pop("triggers")] == [one["type"] for one in inputs.pop("triggers")]
        assert len(found.pop("actionFilters")) == len(inputs.pop("actionFilters"))
    assert {name: found.get(name) for name in inputs} == inputs


@pytest.mark.parametrize("token", TOKENS)
def test_another_place_is_another_object(engine: ResourceProviderStub, numbers: Numbers, token: str) -> None:
    inputs = checked(engine, token, examples.inputs(numbers.project, numbers.team)[token])
    news = {**inputs, "organization": "other"}
    difference = engine.Diff(rpc.DiffRequest(urn=urn(token), old_inputs=encode(inputs), news=encode(news)))
    assert list(difference.replaces) == ["organization"]


@pytest.mark.parametrize("token", TOKENS)
def test_what_is_unknown_at_preview_is_no_problem(
    engine: ResourceProviderStub, sentry: Sentry, numbers: Numbers, token: str
) -> None:
    values = examples.inputs(numbers.project, numbers.team)[token]
    unknown = {name: UNKNOWN for name in values}
    inputs = checked(engine, token, unknown)
    answer = engine.Create(rpc.CreateRequest(urn=urn(token), properties=encode(inputs), preview=True))
    assert decode(answer.properties)["internalId"] == UNKNOWN
    engine.Update(rpc.UpdateRequest(urn=urn(token), id="o/1", news=encode(inputs), preview=True))
    assert sentry.exchanges == []


def test_drift_is_read(engine: ResourceProviderStub, sentry: Sentry, numbers: Numbers) -> None:
    inputs = checked(engine, model.ALERT, examples.inputs(numbers.project, numbers.team)[model.ALERT])
    id_ = created(engine, model.ALERT, inputs)
    (found,) = sentry.cloud.objects(model.ALERT)
    other = {**found.properties, "enabled": False, "detectorIds": ["5"], "environment": None}
    sentry.cloud.edit_outside(found.type, found.id, lambda each: (each.inputs, other))
    now = decode(read(engine, model.ALERT, id_, inputs).inputs)
    assert (now["enabled"], now["projects"], now["monitorIds"], now.get("environment")) == (False, [], ["5"], None)


def test_all_problems_are_told_at_once(engine: ResourceProviderStub) -> None:
    values = {
        "organization": "o",
        "name": "",
        "projects": ["api"],
        "frequencyMinutes": 7,
        "triggers": [{"type": "full_moon", "comparison": True, "conditionResult": True}],
        "actionFilters": [{"logicType": "most", "conditions": [], "actions": []}],
        "colour": "red",
    }
    answer = engine.Check(rpc.CheckRequest(urn=urn(model.ALERT), news=encode(values)))
    reasons = [one.reason for one in answer.failures]
    for path in ("name", "projects[0]", "frequencyMinutes", "triggers[0]", "actionFilters[0].logicType", "colour"):
        assert any(reason.startswith(f"{path}: ") for reason in reasons), path
    assert "full_moon" in str(reasons)
    assert "first_seen_event" in str(reasons)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"conditions": [{"type": "gt", "comparison": 1.5, "conditionResult": 75}]}, "1.5 is beyond"),
        ({"conditions": [{"type": "gt", "comparison": 0.5, "conditionResult": 0}]}, "no condition makes an issue"),
        ({"detectionType": "percent"}, "comparisonDelta goes with"),
        ({"timeWindow": 61}, "timeWindow"),
        ({"owner": "core"}, "owner"),
    ],
)
def test_a_metric_monitor_that_cannot_be(
    engine: ResourceProviderStub, numbers: Numbers, change: dict[str, Any], reason: str
) -> None:
    values = {**examples.inputs(numbers.project, numbers.team)[model.METRIC_MONITOR], **change}
    (failure,) = engine.Check(rpc.CheckRequest(urn=urn(model.METRIC_MONITOR), news=encode(values))).failures
    assert reason in failure.reason


def test_what_sentry_refuses_is_told_in_its_words(engine: ResourceProviderStub, numbers: Numbers) -> None:
    values = examples.inputs(numbers.project, numbers.team)[model.ALERT]
    inputs = checked(engine, model.ALERT, {**values, "projects": [], "monitorIds": ["77"]})
    with pytest.raises(grpc.RpcError) as refused:
        engine.Create(rpc.CreateRequest(urn=urn(model.ALERT), properties=encode(inputs)))
    assert "400" in str(refused.value)
    assert "detectorIds: Some detectors do not exist: 77" in str(refused.value)
    inputs = checked(engine, model.ALERT, {**values, "projects": ["77"]})
    with pytest.raises(grpc.RpcError, match="project 77 has no issue stream"):
        engine.Create(rpc.CreateRequest(urn=urn(model.ALERT), properties=encode(inputs)))


def test_the_configuration_is_checked_without_showing_the_token(engine: ResourceProviderStub) -> None:
    secret = {SIGNATURE: SECRET, "value": TOKEN}
    sound = engine.CheckConfig(rpc.CheckRequest(news=encode({"token": secret, "baseUrl": "https://x.example/api/"})))
    assert list(sound.failures) == []
    wrong = engine.CheckConfig(rpc.CheckRequest(news=encode({"token": "", "baseUrl": "x", "color": "red"})))
    assert len(wrong.failures) == 3
    both = engine.CheckConfig(rpc.CheckRequest(news=encode({"token": secret, "baseUrl": "x"})))
    assert TOKEN not in str(both.failures)


def test_the_engine_may_attach_and_read_the_schema(engine: ResourceProviderStub) -> None:
    engine.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1"))
    assert not engine.Handshake(rpc.ProviderHandshakeRequest()).accept_secrets
    assert engine.GetPluginInfo(Empty()).version
    schema = json.loads(engine.GetSchema(rpc.GetSchemaRequest()).schema)
    assert set(schema["resources"]) == set(model.MODELS)
    assert schema["resources"][model.UPTIME_MONITOR]["inputProperties"]["headers"]["secret"]
    with pytest.raises(grpc.RpcError, match="no functions"):
        engine.Invoke(rpc.InvokeRequest(tok="sentry-alerts:index:getAlert"))
    (failure,) = engine.Check(rpc.CheckRequest(urn=urn("sentry-alerts:index:Alarm"), news=encode({}))).failures
    assert "no such resource type" in failure.reason


def test_an_id_without_organization_is_explained(engine: ResourceProviderStub, numbers: Numbers) -> None:
    with pytest.raises(grpc.RpcError, match="ORGANIZATION/NUMBER"):
        read(engine, model.ALERT, "123", {})

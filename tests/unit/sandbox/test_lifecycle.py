"""The life of objects: preview, create, read with drift, update, delete, secrets, and what vendors judge at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.cloud import Cloud
from sandbox.drift import edited
from sandbox.provider.lifecycle import Lifecycle
from sandbox.provider.refusal import Refusal
from sandbox.vault import CHANGED
from sandbox.wire import UNKNOWN, Secret
from tests.unit.sandbox import examples as ex

Provider = Callable[[str], Lifecycle]
RELEASE = "kubernetes:helm.sh/v3:Release"
MARKER = "made-up-marker"


def make(provider: Provider, token: str, inputs: dict[str, Any], name: str = "it") -> tuple[str, dict[str, Any]]:
    life = provider(token.split(":", 1)[0])
    checked, problems = life.check(token, ex.urn(token, name), {}, inputs, seed=b"1", config={})
    assert problems == []
    return life.create(token, ex.urn(token, name), checked, preview=False)


SHAPES = [
    (ex.MONITOR, ex.monitor(), r"[0-9]{9}"),
    (ex.DASHBOARD, ex.dashboard(), r"[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}"),
    (ex.RUM, {"name": "web", "type": "browser"}, r"[0-9a-f]{8}-[0-9a-f-]{27}"),
    (ex.TEAM, {"organization": "o", "name": "Core Team"}, "core-team"),
    (ex.NAMESPACE, {"metadata": {"name": "agents"}}, "agents"),
    (ex.CONFIG_MAP, {"metadata": {"name": "a"}, "data": {"k": "v"}}, "default/a"),
    ("docker:index/remoteImage:RemoteImage", {"name": "redis:7"}, "sha256:[0-9a-f]{64}redis:7"),
]


@pytest.mark.parametrize(("token", "inputs", "shape"), SHAPES)
def test_ids_have_the_vendors_shape(provider: Provider, token: str, inputs: dict[str, Any], shape: str) -> None:
    assert re.fullmatch(shape, make(provider, token, inputs)[0])


def test_preview_makes_nothing_and_tells_only_what_is_known(provider: Provider, cloud: Cloud) -> None:
    id_, properties = provider("datadog").create(
        ex.RUM, ex.urn(ex.RUM), {"name": "web", "type": "browser"}, preview=True
    )
    assert (id_, cloud.objects()) == ("", [])
    assert properties == {"name": "web", "type": "browser", "apiKeyId": UNKNOWN, "clientToken": UNKNOWN} | {
        name: UNKNOWN for name in ("productAnalyticsRetentionState", "rumEventProcessingState")
    }


def test_unknown_inputs_stay_unknown_at_preview(provider: Provider) -> None:
    inputs = {"organization": "o", "project": UNKNOWN, "name": "default"}
    _, properties = provider("sentry").create(ex.KEY, ex.urn(ex.KEY), inputs, preview=True)
    assert (properties["project"], properties["dsnPublic"]) == (UNKNOWN, UNKNOWN)


def test_two_clouds_with_the_same_seed_make_the_same_things(provider: Provider, tmp_path: Any, schemas: Any) -> None:
    other = Lifecycle("sentry", schemas, Cloud(tmp_path / "other.db"), "1.34")
    inputs = {"organization": "o", "name": "Core"}
    assert make(provider, ex.TEAM, inputs) == other.create(ex.TEAM, ex.urn(ex.TEAM), inputs, preview=False)


def test_update_keeps_what_the_vendor_made_up(provider: Provider) -> None:
    life = provider("kubernetes")
    id_, before = make(provider, ex.NAMESPACE, {"metadata": {"name": "agents"}})
    news = {"metadata": {"name": "agents", "labels": {"team": "platform"}}}
    expected = life.update(ex.NAMESPACE, id_, ex.urn(ex.NAMESPACE), news, preview=True)
    after = life.update(ex.NAMESPACE, id_, ex.urn(ex.NAMESPACE), news, preview=False)
    assert after == expected
    assert after["metadata"]["uid"] == before["metadata"]["uid"]
    assert after["metadata"]["resourceVersion"] != before["metadata"]["resourceVersion"]
    assert after["metadata"]["labels"]["team"] == "platform"


def test_drift_is_read_back_in_inputs_and_properties(provider: Provider, cloud: Cloud) -> None:
    life = provider("datadog")
    id_, state = make(provider, ex.MONITOR, ex.monitor())
    cloud.edit_outside(ex.MONITOR, id_, lambda each: edited(each, "monitorThresholds.critical", 95, cloud.key))
    found = life.read(ex.MONITOR, id_, ex.urn(ex.MONITOR), ex.monitor(), state)
    assert found is not None
    _, inputs, properties = found
    assert (inputs["monitorThresholds"]["critical"], properties["monitorThresholds"]["critical"]) == ("95", "95")
    difference, _ = life.diff(ex.MONITOR, inputs, ex.monitor(), {})
    assert difference.changes == {"monitorThresholds.critical": "update"}


def test_a_dashboard_that_leaves_out_what_datadog_fills_in_differs_at_every_run(provider: Provider) -> None:
    short = {"dashboard": '{"title": "a", "layout_type": "ordered", "widgets": []}'}
    whole = {
        "dashboard": '{"title": "a", "layout_type": "ordered", "widgets": [], "notify_list": [], "reflow_type": "auto"}'
    }
    life = provider("datadog")
    assert life.diff(ex.DASHBOARD, short, short, {})[0].changes == {"dashboard": "update"}
    assert life.diff(ex.DASHBOARD, whole, whole, {})[0].changes == {}


def test_what_is_gone_is_read_as_gone(provider: Provider, cloud: Cloud) -> None:
    id_, state = make(provider, ex.MONITOR, ex.monitor())
    cloud.remove_outside(ex.MONITOR, id_)
    assert provider("datadog").read(ex.MONITOR, id_, ex.urn(ex.MONITOR), {}, state) is None


def test_import_finds_an_object_by_its_id_alone(provider: Provider) -> None:
    make(provider, ex.TEAM, {"organization": "o", "name": "Core", "slug": "core"})
    found = provider("sentry").read(ex.TEAM, "o/core", ex.urn(ex.TEAM), {}, {})
    assert found is not None
    assert (found[0], found[1]["slug"]) == ("core", "core")


def test_secrets_come_back_to_the_engine_and_are_nowhere_on_disk(provider: Provider, cloud: Cloud) -> None:
    inputs = {"metadata": {"name": "keys"}, "stringData": {"api-key": MARKER}}  # not marked by the engine
    id_, properties = make(provider, ex.SECRET, inputs)
    assert isinstance(properties["stringData"], Secret)
    assert isinstance(properties["data"], Secret)
    monitor = make(provider, ex.MONITOR, ex.monitor(message=Secret(f"text with {MARKER}")))[1]
    found = provider("kubernetes").read(ex.SECRET, id_, ex.urn(ex.SECRET), inputs, properties)
    assert found is not None
    assert found[2]["stringData"] == Secret({"api-key": Secret(MARKER)}) or found[2]["stringData"].value == {
        "api-key": MARKER
    }
    assert monitor["message"] == Secret(f"text with {MARKER}")
    encoded = properties["data"].value["api-key"]
    stored = b"".join(path.read_bytes() for path in cloud.store.path.parent.iterdir())
    assert MARKER.encode() not in stored
    assert encoded.encode() not in stored


def test_a_secret_changed_outside_is_a_difference_that_tells_nothing(provider: Provider, cloud: Cloud) -> None:
    inputs = {"metadata": {"name": "keys"}, "stringData": Secret({"api-key": MARKER})}
    id_, state = make(provider, ex.SECRET, inputs)
    cloud.edit_outside(ex.SECRET, id_, lambda each: edited(each, 'stringData["api-key"]', "other", cloud.key))
    found = provider("kubernetes").read(ex.SECRET, id_, ex.urn(ex.SECRET), inputs, state)
    assert found is not None
    assert found[1]["stringData"] == Secret({"api-key": CHANGED})


def test_generated_secrets_are_the_same_when_read_again_without_state(provider: Provider) -> None:
    make(provider, ex.TEAM, {"organization": "o", "name": "core"})
    make(provider, ex.PROJECT, {"organization": "o", "name": "api", "teams": ["core"], "platform": "other"})
    id_, made = make(provider, ex.KEY, {"organization": "o", "project": "api", "name": "default"})
    found = provider("sentry").read(ex.KEY, id_, ex.urn(ex.KEY), {}, {})
    assert found is not None
    assert found[2] == made
    assert made["dsnPublic"].startswith(f"https://{made['public']}@")
    project = provider("sentry").read(ex.PROJECT, "api", ex.urn(ex.PROJECT), {}, {})
    assert project is not None
    assert made["dsnPublic"].endswith(f"/{project[2]['projectId']}")


REFUSED = [
    (ex.PROJECT, {"organization": "o", "name": "api", "teams": ["nobody"]}, "no team 'nobody'"),
    (ex.KEY, {"organization": "o", "project": "nothing"}, "no project 'nothing'"),
    (
        ex.SLO,
        {"name": "a", "type": "monitor", "monitorIds": [7], "thresholds": [{"timeframe": "7d", "target": 99}]},
        "no monitor 7",
    ),
    (ex.RUM_FILTER, ex.rum_filter("nothing"), "no RUM application 'nothing'"),
    (ex.CONFIG_MAP, {"metadata": {"name": "a", "namespace": "nowhere"}}, 'namespaces "nowhere" not found'),
    ("kubernetes:datadoghq.com/v2alpha1:DatadogAgent", {"metadata": {"name": "a"}, "spec": {}}, "no matches for kind"),
]


@pytest.mark.parametrize(("token", "inputs", "reason"), REFUSED)
def test_what_an_object_needs_must_be_there(
    provider: Provider, cloud: Cloud, token: str, inputs: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refusal, match=re.escape(reason)):
        make(provider, token, inputs)
    assert cloud.objects() == []
    assert reason in cloud.operations()[-1].outcome


TAKEN = [
    (ex.NAMESPACE, {"metadata": {"name": "agents"}}, 'namespaces "agents" already exists'),
    (ex.TEAM, {"organization": "o", "name": "Core"}, "the slug 'core' of a team in 'o' already exists"),
    (
        ex.RULE,
        {"name": "page", "filter": {"tags": ["a:b"]}, "recipients": ["slack-x"]},
        "a notification rule 'page' already exists",
    ),
]


@pytest.mark.parametrize(("token", "inputs", "reason"), TAKEN)
def test_names_that_vendors_keep_unique_are_refused_twice(
    provider: Provider, token: str, inputs: dict[str, Any], reason: str
) -> None:
    make(provider, token, inputs)
    with pytest.raises(Refusal, match=re.escape(reason)):
        make(provider, token, inputs)


def test_a_namespace_takes_its_objects_with_it(provider: Provider, cloud: Cloud) -> None:
    id_, _ = make(provider, ex.NAMESPACE, {"metadata": {"name": "agents"}})
    make(provider, ex.CONFIG_MAP, {"metadata": {"name": "a", "namespace": "agents"}})
    make(provider, ex.CONFIG_MAP, {"metadata": {"name": "a"}})
    provider("kubernetes").delete(ex.NAMESPACE, id_, ex.urn(ex.NAMESPACE))
    assert [each.id for each in cloud.objects()] == ["default/a"]


def test_a_monitor_that_an_slo_uses_stays(provider: Provider, cloud: Cloud) -> None:
    id_, _ = make(provider, ex.MONITOR, ex.monitor())
    make(
        provider,
        ex.SLO,
        {"name": "a", "type": "monitor", "monitorIds": [int(id_)], "thresholds": [{"timeframe": "7d", "target": 99}]},
    )
    with pytest.raises(Refusal, match="is referenced in SLOs: 'a'"):
        provider("datadog").delete(ex.MONITOR, id_, ex.urn(ex.MONITOR))
    assert len(cloud.objects()) == 2


@pytest.mark.parametrize(
    ("kind", "words"), [("rate-limit", "429 Too Many Requests"), ("fail", "500 Internal Server Error")]
)
def test_faults_speak_as_the_vendor_does(provider: Provider, cloud: Cloud, kind: Any, words: str) -> None:
    cloud.faults.add(kind, None if kind == "rate-limit" else "create", 1)
    with pytest.raises(Refusal, match=words):
        make(provider, ex.MONITOR, ex.monitor())
    assert cloud.objects() == []


UNSUPPORTED = [
    "kubernetes:core/v1:ConfigMapList",
    "datadog:index/monitr:Monitr",
]


@pytest.mark.parametrize("token", UNSUPPORTED)
def test_what_is_not_supported_is_refused_at_check(provider: Provider, token: str) -> None:
    _, problems = provider(token.split(":", 1)[0]).check(token, ex.urn(token), {}, {}, seed=b"", config={})
    assert len(problems) == 1


def test_a_patch_needs_the_object_it_changes_and_leaves_it_when_it_goes(provider: Provider, cloud: Cloud) -> None:
    token = f"{ex.CONFIG_MAP}Patch"
    change = {"metadata": {"name": "a", "namespace": "default"}, "data": {"k": "other"}}
    with pytest.raises(Refusal, match='configmaps "a" not found'):
        make(provider, token, change)
    make(provider, ex.CONFIG_MAP, {"metadata": {"name": "a", "namespace": "default"}, "data": {"k": "v"}})
    id_, properties = make(provider, token, change)
    assert (id_, properties["kind"]) == ("default/a", "ConfigMap")
    provider("kubernetes").delete(token, id_, ex.urn(token))
    assert [each.type for each in cloud.objects()] == [ex.CONFIG_MAP]


def test_a_patch_may_leave_out_what_the_object_has_but_not_its_name_or_the_schema(provider: Provider) -> None:
    token = f"{ex.DAEMON_SET}Patch"
    wrong = {"spec": {"template": {"spec": {"containers": [{"name": "agent", "imgae": "x"}]}}}}
    _, problems = provider("kubernetes").check(token, ex.urn(token), {}, wrong, seed=b"", config={})
    assert {each.path for each in problems} == {"metadata.name", "spec.template.spec.containers[0].imgae"}


def test_a_helm_release_stands_for_itself(provider: Provider) -> None:
    chart = {"chart": "redis", "namespace": "cache", "values": {"architecture": "standalone"}}
    with pytest.raises(Refusal, match='namespaces "cache" not found'):
        make(provider, RELEASE, {**chart, "name": "redis"})
    id_, properties = make(provider, RELEASE, {**chart, "name": "redis", "createNamespace": True})
    assert id_ == "cache/redis"
    assert properties["status"]["status"] == "deployed"
    with pytest.raises(Refusal, match="already exists"):
        make(provider, RELEASE, {**chart, "name": "redis", "createNamespace": True})
    unnamed, _ = make(provider, RELEASE, {"chart": "redis"}, "queue")
    assert re.fullmatch("default/queue-[0-9a-f]{8}", unnamed)


def test_a_custom_resource_needs_its_definition_first(provider: Provider, cloud: Cloud) -> None:
    schema = {"openAPIV3Schema": {"type": "object"}}
    definition = {
        "metadata": {"name": "datadogagents.datadoghq.com"},
        "spec": {
            "group": "datadoghq.com", "scope": "Namespaced",
            "names": {"kind": "DatadogAgent", "plural": "datadogagents"},
            "versions": [{"name": "v2alpha1", "served": True, "storage": True, "schema": schema}],
        },
    }  # fmt: skip
    make(provider, "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", definition)
    id_, _ = make(
        provider, "kubernetes:datadoghq.com/v2alpha1:DatadogAgent", {"metadata": {"name": "a"}, "spec": {"x": 1}}
    )
    assert id_ == "default/a"


def test_provider_settings_are_checked_at_once(provider: Provider) -> None:
    bad = {"apiKey": Secret("k"), "validte": "true", "httpClientRetryTimeout": "soon"}
    assert {each.path for each in provider("datadog").check_config(bad)} == {
        "validte",
        "httpClientRetryTimeout",
        "appKey",
    }
    assert provider("datadog").check_config({"apiKey": Secret("k"), "appKey": Secret("a"), "validate": "false"}) == []

"""The Kubernetes objects of Prometheus and Grafana, and what is refused before there are any."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from components.business.check import check
from components.business.compile import compile_business
from components.business.spec import Alert, Line, Number, Recording, RuleGroup, Unit
from contract.promql import Query
from infra.problems import ProblemsError
from infra.secrets import redacted
from sandbox.checks.kubernetes import KubernetesCheck
from stacks.business import business
from stacks.specs import PLANS
from tests.examples import settings
from tests.unit.business.examples import business_of, specs_of

KUBERNETES = KubernetesCheck("1.34")
ALL = {
    "namespace": "metrics",
    "registry": "registry.example.com/mirror",
    "prometheusVersion": "sha256:" + "a" * 64,
    "pullSecrets": ["mirror"],
    "storage": {"size": "100Gi", "storageClass": "fast"},
    "retention": {"time": "52w", "size": "90Gi"},
    "remoteWrite": {"url": "https://store.example.com:8443/write", "secret": "store", "username": "shop"},
    "alertmanager": "http://alerts.example.com:9093",
}


def compiled(**given: Any) -> dict[str, dict[str, Any]]:
    own = settings(business=given) if given else settings()
    return compile_business(business(own, PLANS[own.environment], ()))


@pytest.mark.parametrize("given", [{}, ALL])
def test_kubernetes_takes_every_object(given: dict[str, Any]) -> None:
    for name, manifest in compiled(**given).items():
        body = {key: value for key, value in redacted(manifest).items() if key not in {"apiVersion", "kind"}}
        api = "core/v1" if manifest["apiVersion"] == "v1" else manifest["apiVersion"]
        assert list(KUBERNETES.check(f"kubernetes:{api}:{manifest['kind']}", body)) == [], name


def pods(manifests: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (one["spec"]["template"]["spec"] for one in manifests.values() if "template" in one.get("spec", {}))


def test_pods_are_restricted_and_limited() -> None:
    found = list(pods(compiled(**ALL)))
    assert len(found) == 2
    for pod in found:
        assert pod["securityContext"]["runAsNonRoot"]
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()


def test_only_prometheus_talks_to_the_api_server_and_only_about_pods() -> None:
    manifests = compiled()
    assert [pod["automountServiceAccountToken"] for pod in pods(manifests)] == [True, False]
    roles = [one for one in manifests.values() if one["kind"] in {"Role", "ClusterRole"}]
    assert [(role["kind"], role["rules"]) for role in roles] == [
        ("Role", [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]}])
    ]


def test_settings_reach_the_objects() -> None:
    manifests = compiled(**ALL)
    assert {one["metadata"].get("namespace") for one in manifests.values()} == {None, "metrics", "default"}
    claim = manifests["business-prometheus-data"]["spec"]
    assert claim["storageClassName"] == "fast"
    assert claim["resources"] == {"requests": {"storage": "100Gi"}}
    container = manifests["business-prometheus"]["spec"]["template"]["spec"]["containers"][0]
    assert container["image"] == f"registry.example.com/mirror/prom/prometheus@sha256:{'a' * 64}"
    assert "--storage.tsdb.retention.time=52w" in container["args"]
    assert f"--storage.tsdb.retention.size={90 * 1024}MB" in container["args"]
    egress = manifests["business-prometheus-network"]["spec"]["egress"]
    assert {port["port"] for rule in egress for port in rule["ports"]} == {53, "metrics", 443, 6443, 8443, 9093}


def test_a_changed_rule_or_dashboard_makes_a_new_pod() -> None:
    spec = business_of("production")

    def annotations(manifests: dict[str, dict[str, Any]], name: str) -> Any:
        return manifests[name]["spec"]["template"]["metadata"]["annotations"]

    before = compile_business(spec)
    for name, changed in (
        ("business-prometheus", replace(spec, groups=spec.groups[:1])),
        ("business-grafana", replace(spec, boards=spec.boards[:1])),
    ):
        after = compile_business(changed)
        assert annotations(after, name) != annotations(before, name)
    assert annotations(compile_business(spec), "business-grafana") == annotations(before, "business-grafana")


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"retention": {"size": "20Gi"}}, "business.retention.size"),
        ({"retention": {"time": "90"}}, "business.retention.time"),
        ({"storage": {"size": "20GB"}}, "business.storage.size"),
        ({"remoteWrite": {"secret": "store"}}, "business.remoteWrite.url"),
        ({"remoteWrite": {"url": "https://a.example", "username": "shop"}}, "business.remoteWrite.secret"),
        ({"retain": "90d"}, "business.retain"),
    ],
)
def test_wrong_settings_are_named(given: dict[str, Any], where: str) -> None:
    with pytest.raises(ProblemsError) as refused:
        settings(business=given)
    assert where in str(refused.value)


def test_everything_wrong_in_the_catalog_is_found_at_once() -> None:
    specs, spec = specs_of("production"), business_of("production")
    wrong = Recording(name="genonaut:searches", query=Query("sum(genonaut_serch_requests_total)"))
    blind: Alert = replace(spec.groups[0].alerts[0], key="Blind", begins=Query('up{job="other"} == 0'), stays=None)
    panel = Number(title="P", about="", line=Line(query=Query("nothing"), legend=""), unit=Unit.NUMBER)
    board = replace(spec.boards[0], key="x" * 41, panels=(panel, panel))
    group = RuleGroup(key="wrong", recordings=(wrong,), alerts=(blind,))
    found = check(replace(spec, groups=(group,), boards=(board,)), specs.world, ["search-failures"])
    said = "\n".join(map(str, found))
    for text in (
        "business.recordings.genonaut:searches: is not a usable name",
        "no series is called genonaut_serch_requests_total: did you mean genonaut_search_requests_total?",
        "business.alerts.Blind: is not a usable key",
        "job of up is never 'other'",
        f"business.boards.{'x' * 41}: is not a usable key",
        "P is there 2 times",
        "no series is called nothing",
        "business.alerts.search-failures: is an alert of Datadog's business tier, and Prometheus has none of this key",
    ):
        assert text in said


def test_grafana_shows_nobody_anything_unasked() -> None:
    container = compiled()["business-grafana"]["spec"]["template"]["spec"]["containers"][0]
    env = {one["name"]: one["value"] for one in container["env"]}
    assert env["GF_AUTH_ANONYMOUS_ENABLED"] == env["GF_ANALYTICS_REPORTING_ENABLED"] == "false"
    assert json.dumps(container).count("PASSWORD") == json.dumps(container).count("PASSWORD__FILE") == 1

"""The vendors' HTTP routes, asked by the vendors' own clients where there is one."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import httpx
import pytest
from datadog_api_client import ApiClient
from datadog_api_client.exceptions import ApiException, NotFoundException
from datadog_api_client.v1.api.dashboards_api import DashboardsApi
from datadog_api_client.v1.api.monitors_api import MonitorsApi
from datadog_api_client.v1.api.service_level_objectives_api import ServiceLevelObjectivesApi
from datadog_api_client.v1.api.synthetics_api import SyntheticsApi
from datadog_api_client.v1.model.synthetics_delete_tests_payload import SyntheticsDeleteTestsPayload
from datadog_api_client.v2.api.monitors_api import MonitorsApi as RulesApi
from datadog_api_client.v2.api.rum_api import RUMApi
from datadog_api_client.v2.api.teams_api import TeamsApi

from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from tests.unit.sandbox import examples as ex

BEARER = {"Authorization": "Bearer made-up"}


@pytest.fixture
def ids(schemas: Schemas, cloud: Cloud) -> dict[str, str]:
    """One object of each kind; returns type -> id."""
    lives = {package: Lifecycle(package, schemas, cloud, "1.34") for package in ("datadog", "sentry", "kubernetes")}
    objects = [
        (ex.MONITOR, ex.monitor()),
        (ex.DASHBOARD, ex.dashboard()),
        (ex.RUM, {"name": "web", "type": "browser"}),
        (ex.PROBE, ex.probe()),
        (ex.RULE, {"name": "page", "filter": {"tags": ["tier:critical"]}, "recipients": ["slack-x"]}),
        ("datadog:index/team:Team", {"name": "Core", "handle": "core", "description": "x"}),
        (ex.TEAM, {"organization": "o", "name": "core"}),
        (ex.PROJECT, {"organization": "o", "name": "api", "teams": ["core"]}),
        (ex.KEY, {"organization": "o", "project": "api", "name": "default"}),
        (ex.NAMESPACE, {"metadata": {"name": "agents", "labels": {"stack": "dev"}}}),
        (
            ex.SECRET,
            {
                "metadata": {"name": "keys", "namespace": "agents", "labels": {"stack": "dev"}},
                "stringData": {"k": "hunter2"},
            },
        ),
    ]
    made = {
        token: lives[token.split(":")[0]].create(token, ex.urn(token), inputs, preview=False)[0]
        for token, inputs in objects
    }
    slo = {
        "name": "a",
        "type": "monitor",
        "monitorIds": [int(made[ex.MONITOR])],
        "thresholds": [{"timeframe": "7d", "target": 99}],
        "tags": ["stack:dev", "team:core"],
    }
    return {**made, ex.SLO: lives["datadog"].create(ex.SLO, ex.urn(ex.SLO), slo, preview=False)[0]}


def test_datadogs_client_lists_filters_and_deletes(client: ApiClient, cloud: Cloud, ids: dict[str, str]) -> None:
    monitors, objectives = MonitorsApi(client), ServiceLevelObjectivesApi(client)
    (found,) = monitors.list_monitors(monitor_tags="env:prod,managed-by:pulumi")
    assert (str(found.id), found.options.thresholds.critical) == (ids[ex.MONITOR], 90.0)
    assert monitors.list_monitors(monitor_tags="env:staging") == []
    assert monitors.list_monitors(page=2, page_size=1) == []
    with pytest.raises(ApiException, match="referenced in SLOs"):
        monitors.delete_monitor(found.id)
    assert [each.id for each in objectives.list_slos(tags_query="stack:dev AND team:core").data] == [ids[ex.SLO]]
    objectives.delete_slo(ids[ex.SLO])
    monitors.delete_monitor(found.id)
    (dashboard,) = DashboardsApi(client).list_dashboards().dashboards
    assert DashboardsApi(client).get_dashboard(dashboard.id).title == "Hosts"
    DashboardsApi(client).delete_dashboard(dashboard.id)
    assert not {each.type for each in cloud.objects()} & {ex.MONITOR, ex.SLO, ex.DASHBOARD}
    with pytest.raises(NotFoundException):
        monitors.get_monitor(found.id)


def test_datadogs_client_finds_tests_and_the_alerts_that_come_with_them(
    client: ApiClient, cloud: Cloud, ids: dict[str, str]
) -> None:
    api = SyntheticsApi(client)
    (test,) = api.list_tests_with_pagination()
    (alert,) = MonitorsApi(client).list_monitors(monitor_tags="stack:dev")
    assert (test.public_id, test.name, test.tags) == (ids[ex.PROBE], "API", ["stack:dev"])
    assert (alert.id, str(alert.type)) == (test.monitor_id, "synthetics alert")
    deleted = api.delete_tests(SyntheticsDeleteTestsPayload(public_ids=[test.public_id])).deleted_tests
    assert [each.public_id for each in deleted] == [ids[ex.PROBE]]
    assert cloud.find(ex.PROBE, ids[ex.PROBE]) is None
    assert MonitorsApi(client).list_monitors(monitor_tags="stack:dev") == []


def test_datadogs_client_reads_the_second_version(client: ApiClient, cloud: Cloud, ids: dict[str, str]) -> None:
    (application_,) = RUMApi(client).get_rum_applications().data
    (rule,) = RulesApi(client).get_monitor_notification_rules().data
    (team,) = TeamsApi(client).list_teams().data
    assert (application_.attributes.name, rule.attributes.recipients, team.attributes.handle) == (
        "web",
        ["slack-x"],
        "core",
    )
    RUMApi(client).delete_rum_application(application_.id)
    RulesApi(client).delete_monitor_notification_rule(rule.id)
    TeamsApi(client).delete_team(team.id)
    assert not {ex.RUM, ex.RULE, "datadog:index/team:Team"} & {each.type for each in cloud.objects()}


def test_sentrys_routes_list_and_delete(address: str, cloud: Cloud, ids: dict[str, str]) -> None:
    with httpx.Client(base_url=f"{address}/sentry/api/0", headers=BEARER) as sentry:
        assert [each["slug"] for each in sentry.get("/organizations/o/teams/").json()] == ["core"]
        assert [each["slug"] for each in sentry.get("/organizations/o/projects/").json()] == ["api"]
        assert sentry.get("/organizations/other/projects/").json() == []
        assert [each["id"] for each in sentry.get("/projects/o/api/keys/").json()] == [ids[ex.KEY]]
        assert sentry.delete("/projects/other/api/").status_code == 404
        assert sentry.delete("/projects/o/api/").status_code == 204
        assert sentry.delete("/teams/o/core/").status_code == 204
    assert not [each for each in cloud.objects() if each.provider == "sentry"]


def test_kubernetes_routes_select_by_label_and_hide_secrets(address: str, cloud: Cloud, ids: dict[str, str]) -> None:
    with httpx.Client(base_url=f"{address}/kubernetes", headers=BEARER) as cluster:
        listed = cluster.get("/api/v1/secrets", params={"labelSelector": "stack=dev"})
        assert [each["metadata"]["name"] for each in listed.json()["items"]] == ["keys"]
        assert "hunter2" not in listed.text
        for selector in ("stack!=dev", "stack=prod", "!stack"):
            assert (
                cluster.get("/api/v1/namespaces/agents/secrets", params={"labelSelector": selector}).json()["items"]
                == []
            )
        assert cluster.get("/api/v1/secrets", params={"labelSelector": "stack in (dev)"}).status_code == 400
        assert cluster.get("/apis/apps/v1/daemonsets").json()["kind"] == "DaemonSetList"
        assert cluster.delete("/api/v1/namespaces/agents").json()["status"] == "Success"
        assert cluster.get("/api/v1/namespaces/agents/secrets/keys").status_code == 404
    assert not [each for each in cloud.objects() if each.provider == "kubernetes"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/datadog/api/v1/monitor", 403),
        ("/sentry/api/0/organizations/o/teams/", 401),
        ("/kubernetes/api/v1/secrets", 401),
    ],
)
def test_nobody_is_answered_without_credentials(address: str, path: str, status: int) -> None:
    assert httpx.get(f"{address}{path}").status_code == status


@pytest.mark.parametrize("vendor", ["datadog", "sentry", "kubernetes"])
def test_unknown_routes_answer_404_and_name_what_is_served(address: str, vendor: str) -> None:
    answer = httpx.post(f"{address}/{vendor}/nothing/here")
    assert answer.status_code == 404
    assert any(route.startswith(f"GET /{vendor}/") for route in answer.json()["served"])


def test_faults_reach_http_clients_too(client: ApiClient, cloud: Cloud, ids: dict[str, str]) -> None:
    cloud.faults.add("rate-limit", None, 1)
    with pytest.raises(ApiException) as refused:
        TeamsApi(client).delete_team(ids["datadog:index/team:Team"])
    assert refused.value.status == 429


def test_the_pages_json_has_everything_but_secrets(address: str, ids: dict[str, str]) -> None:
    objects = httpx.get(f"{address}/_sandbox/objects")
    assert {each["id"] for each in objects.json()} == set(ids.values())
    assert "hunter2" not in objects.text
    assert [each["operation"] for each in httpx.get(f"{address}/_sandbox/operations").json()] == ["create"] * len(ids)
    assert httpx.get(f"{address}/_sandbox/faults").json() == []

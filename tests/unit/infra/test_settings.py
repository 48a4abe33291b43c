"""Settings: what is valid is taken, what is wrong is named, all of it at once, and no secret is ever shown."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.naming import Tier
from infra.problems import Problem, ProblemsError
from infra.settings import SECRETS, load
from tests.examples import VALUES, as_configuration, settings


def problems(values: dict[str, Any], secret: set[str] | None = None) -> str:
    with pytest.raises(ProblemsError) as raised:
        load(as_configuration(values), set(SECRETS) if secret is None else secret, source="Pulumi.example.yaml")
    return str(raised.value)


def routing(**changes: Any) -> dict[str, Any]:
    return {"routing": {**VALUES["routing"], **changes}}


def test_defaults_follow_from_what_is_given() -> None:
    found = settings(datadog={"site": "datadoghq.eu"})
    assert found.datadog.api == "https://api.datadoghq.eu"
    assert found.sentry.base_url == "https://sentry.io/api/"
    assert found.kubernetes.namespace == "datadog"
    assert found.routing.recipients(Tier.WARNING) == ("slack-warnings",)


def test_endpoints_can_be_ones_own() -> None:
    found = settings(
        datadog={"apiUrl": "https://datadog.example.com/"},
        sentry={"organization": "example", "baseUrl": "https://sentry.example.com/api/"},
        docker={"host": "tcp://builder:2376"},
        kubernetes={"clusterName": "c1", "kubeconfigPath": "~/.kube/other", "context": "blue"},
    )
    assert found.datadog.api == "https://datadog.example.com"
    assert found.sentry.base_url == "https://sentry.example.com/api/"
    assert found.docker.host == "tcp://builder:2376"
    assert (found.kubernetes.kubeconfig_path, found.kubernetes.context) == ("~/.kube/other", "blue")


def test_settings_do_not_change() -> None:
    found = settings()
    with pytest.raises(ValueError, match="frozen"):
        found.protect = True


def test_an_empty_stack_file_names_every_required_key() -> None:
    text = problems({})
    for key in (
        "environment", "sentry.organization", "kubernetes.clusterName", "routing.critical", "routing.warning",
        "routing.business", "runbooks.baseUrl", "datadogApiKey", "datadogAppKey", "sentryAuthToken",
    ):  # fmt: skip
        assert f"genonaut-monitoring:{key}: is missing" in text
    assert text.startswith("Pulumi.example.yaml: 10 problems")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"environment": "prod"}, 'environment: "prod" cannot be used (one of production, staging, sandbox)'),
        ({"datadog": {"sight": "x"}}, "datadog.sight: is not a setting (did you mean site?)"),
        ({"datadog": {"site": "datadog.com"}}, 'datadog.site: "datadog.com" cannot be used'),
        ({"sentry": {"organization": "Not A Slug"}}, "sentry.organization"),
        ({"sentry": {"organization": "a1", "baseUrl": "https://sentry.io"}}, "ends in /api/"),
        ({"kubernetes": {"clusterName": "c1", "version": 1.3}}, 'in quotes, such as "1.34"'),
        ({"kubernetes": {"clusterName": "c1", "version": "1.12"}}, "1.25 is the oldest supported"),
        ({"docker": {"host": "/var/run/docker.sock"}}, "unix:///var/run/docker.sock"),
        ({"routing": "slack-a"}, "routing"),
        ({"protect": "perhaps"}, 'protect: "perhaps" cannot be used (true or false)'),
        ({"routing": {**VALUES["routing"], "warning": ["@slack-a"]}}, "without the leading @"),
        (routing(workingHours={"timeZone": "Mars/Olympus"}), 'routing.workingHours.timeZone: "Mars/Olympus" cannot'),
        (routing(workingHours={"start": "18:00", "end": "09:00"}), "ends at 09:00:00 before it starts at 18:00:00"),
        (routing(workingHours={"end": "25:00"}), 'a time of day in quotes, such as "18:00"'),
        (
            routing(slack={"account": "a1", "chanels": []}),
            "routing.slack.chanels: is not a setting (did you mean channels?",
        ),
        (routing(slack={"account": "a1", "channels": ["#alerts"]}), "names without #"),
        (routing(onCall={"users": ["jane@example.com"]}), "ids of Datadog users"),
        (routing(webhooks=[{"name": "status"}]), "routing.webhooks.0.url: is missing"),
        ({"datadog": {"ownerStack": ""}}, "the one stack that makes what the whole organisation shares"),
        ({**routing(critical=["oncall-team"]), "environment": "staging"}, "oncall-team would page somebody"),
        ({"environment": "staging"}, "pagerduty-example would page somebody from staging"),
        ({"kubeconfig": "text", "kubernetes": {"clusterName": "c1", "kubeconfigPath": "p"}}, "keep one of the two"),
        ({"agents": {"nodesize": {}}}, "agents.nodesize: is not a setting (did you mean nodeSize?)"),
        ({"agents": {"nodeSize": {"memory": "16GB"}}}, 'nodeSize.memory: "16GB" cannot be used (a quantity such as'),
        ({"agents": {"nodeSize": {"cpu": 4}}}, 'nodeSize.cpu: 4 cannot be used (a quantity in quotes, such as "4"'),
        ({"agents": {"version": "latest version"}}, "agents.version"),
        ({"agents": {"proxy": {"https": "http://me:secret@proxy:3128"}}}, "a URL without user and password"),
        (
            {"agents": {"pools": [{"name": "a1", "label": "b", "value": "c", "without": ["events"]}]}},
            "pools.0.without.0",
        ),
        ({"agents": {"pools": [{"name": "a1", "label": "b", "values": "c", "value": "c"}]}}, "did you mean value?"),
        ({"agents": {"tolerations": [{"keys": "a"}]}}, "tolerations.0.keys: is not a setting (did you mean key?)"),
        ({"agents": {"injection": "csi"}}, "socket or service"),
    ],
)
def test_a_problem_says_where_and_what_would_be_right(change: dict[str, Any], expected: str) -> None:
    text = problems({**VALUES, **change})
    assert expected in text
    assert "1 problem\n" in text


def test_problems_of_all_kinds_come_at_once() -> None:
    values = {**VALUES, "environment": "prod", "datadog": {"site": "x"}, "bogus": "y", "sentryAuthToken": ""}
    text = problems(values, secret={"datadogApiKey"})
    assert text.startswith("Pulumi.example.yaml: 5 problems")
    for key in ("environment", "datadog.site", "bogus", "sentryAuthToken", "datadogAppKey"):
        assert f"genonaut-monitoring:{key}:" in text


@pytest.mark.parametrize("key", SECRETS)
def test_a_secret_in_plain_text_is_refused_and_not_repeated(key: str) -> None:
    text = problems({**VALUES, key: "made-up-marker"}, secret=set(SECRETS) - {key})
    assert f"{key}: is a secret but stands in plain text (pulumi config set --secret {key}" in text
    assert "made-up-marker" not in text


def test_no_secret_is_readable_in_the_settings() -> None:
    found = settings(kubeconfig="made-up-marker", datadogApiKey="made-up-marker")
    assert "made-up-marker" not in repr(found) + str(found) + found.model_dump_json()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from([*VALUES, "datadog", "docker", "agents", "protect", "kubeconfig"]) | st.text(max_size=8), JSON
    )
)
def test_whatever_is_written_the_answer_is_settings_or_problems(changes: dict[str, Any]) -> None:
    values = {**copy.deepcopy(dict(VALUES)), **changes}
    try:
        found: tuple[Problem, ...] = ()
        load(as_configuration(values), set(SECRETS), source="Pulumi.example.yaml")
    except ProblemsError as error:
        found = error.problems or (Problem("nowhere", ""),)
    assert all(problem.where.startswith("genonaut-monitoring:") and problem.what for problem in found)


@given(st.text(max_size=40))
def test_text_that_is_no_json_is_a_problem_not_a_crash(text: str) -> None:
    values = {**as_configuration(dict(VALUES)), "routing": text}
    try:
        json.loads(text)
    except ValueError:
        with pytest.raises(ProblemsError):
            load(values, set(SECRETS), source="Pulumi.example.yaml")


def test_a_sentry_target_is_a_handle_of_routing() -> None:
    slack = {"integration": "1", "name": "#alerts"}
    sound = settings(sentry={"organization": "example", "targets": {"slack-alerts": slack}})
    assert sound.sentry.targets["slack-alerts"].name == "#alerts"
    with pytest.raises(ProblemsError, match="slack-elsewhere: routing names no such handle"):
        settings(sentry={"organization": "example", "targets": {"slack-elsewhere": slack}})
    with pytest.raises(ProblemsError, match=r"sentry\.targets\.slack-alerts\.integration"):
        settings(sentry={"organization": "example", "targets": {"slack-alerts": {"integration": 1, "name": "#alerts"}}})
    mail = {"critical": ["a@example.com"], "warning": ["slack-w"], "business": ["slack-b"]}
    with pytest.raises(ProblemsError, match="Sentry cannot be sent there"):
        settings(routing=mail, sentry={"organization": "example", "targets": {"a@example.com": slack}})


@pytest.mark.parametrize(
    ("site", "pages"),
    [
        ("datadoghq.com", "https://app.datadoghq.com"),
        ("datadoghq.eu", "https://app.datadoghq.eu"),
        ("us3.datadoghq.com", "https://us3.datadoghq.com"),
        ("ap1.datadoghq.com", "https://ap1.datadoghq.com"),
        ("ddog-gov.com", "https://app.ddog-gov.com"),
    ],
)
def test_each_site_has_its_pages(site: str, pages: str) -> None:
    assert settings(datadog={"site": site}).datadog.pages == pages

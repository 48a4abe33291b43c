"""What the contract says of tags stands on configuration, and this is the configuration."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from components.agent.compile import compile_agent
from components.agent.features import Feature
from components.agent.manifests.config_maps import COLLECTORS
from contract.telemetry import METRICS, Source, tags
from infra.naming import Environment
from stacks.check import check
from stacks.specs import compose
from stacks.world import silent, world
from tests.examples import settings
from tests.unit.stacks.test_catalog import SLACK_ONLY, specs_of


def variables(node: Any) -> Iterator[tuple[str, str]]:
    """Every environment variable in Kubernetes objects that has a plain value."""
    if isinstance(node, dict):
        if isinstance(node.get("name"), str) and isinstance(node.get("value"), str):
            yield node["name"], node["value"]
        for value in node.values():
            yield from variables(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from variables(value)


@pytest.mark.parametrize("environment", Environment)
def test_hosts_carry_the_environment_and_the_cluster_that_queries_ask_for(environment: Environment) -> None:
    specs = specs_of(environment)
    sent = set(variables(compile_agent(specs.agent)))
    assert {value for name, value in sent if name == "DD_ENV"} == {specs.world.environment}
    assert {value for name, value in sent if name == "DD_CLUSTER_NAME"} == {specs.world.cluster}
    assert {"env", "kube_cluster_name"} <= {tag.key for tag in tags.HOST}


def test_metrics_of_ours_carry_their_origin_but_not_their_pod() -> None:
    sent = dict(variables(compile_agent(specs_of(Environment.PRODUCTION).agent)))
    assert sent["DD_DOGSTATSD_ORIGIN_DETECTION"].lower() == "true"
    assert sent["DD_DOGSTATSD_TAG_CARDINALITY"] == "low"
    for metric in METRICS.values():
        if metric.source is Source.APPLICATION:
            assert metric.tag("kube_deployment")
            assert metric.tag("pod_name") is None


def test_a_service_does_what_its_entry_in_the_catalog_says() -> None:
    services = specs_of(Environment.PRODUCTION).world.services
    assert services["genonaut-api"] == {"fastapi.request", "pagination"}
    assert services["genonaut-worker"] == {"celery.run"}
    assert services["genonaut-web"] == {"browser"}
    assert services["genonaut-postgres"] == {"postgres"}


def test_a_service_that_is_not_in_the_catalog_does_not_exist() -> None:
    here = world((), Environment.STAGING, "example")
    assert here.possible("env") == frozenset({"staging"})
    assert here.possible("kube_cluster_name") == frozenset({"example"})
    assert here.possible("service", "fastapi.request") == frozenset()
    assert "genonaut-api" not in (here.possible("service") or ())


def test_what_the_agents_do_not_do_is_not_sent() -> None:
    agent = specs_of(Environment.PRODUCTION).agent
    assert silent(agent) == frozenset()
    less = dataclasses.replace(agent, features=agent.features - {Feature.KUBERNETES_STATE, Feature.APM})
    assert silent(less) == frozenset({Source.KUBE_STATE, Source.TRACES, Source.SPANS})
    unasked = tuple(one for one in agent.checks if one.check not in {"http_check", "tls"})
    assert silent(dataclasses.replace(agent, checks=unasked)) == frozenset({Source.HTTP, Source.TLS})


def test_where_there_is_no_endpoint_nobody_waits_for_its_certificate() -> None:
    def keys(endpoints: dict[str, str]) -> set[str]:
        specs = compose(settings(endpoints=endpoints, routing=SLACK_ONLY), stack="example")
        assert check(specs) == []
        return {monitor.key for tier in specs.monitors for monitor in tier.monitors}

    assert keys({"api": "https://api.example.com"}) - keys({}) == {"certificate-expiry"}


def test_kube_state_reports_on_what_alerts_ask_for() -> None:
    asked = {metric.name.split(".")[1] for metric in METRICS.values() if metric.source is Source.KUBE_STATE}
    kinds = {"container": "pods", "hpa": "horizontalpodautoscalers"}
    assert {kinds.get(kind, f"{kind}s") for kind in asked} <= set(COLLECTORS)


def test_every_activity_that_a_metric_needs_is_done_by_some_service() -> None:
    """Otherwise nothing could ever send it."""
    services = specs_of(Environment.PRODUCTION).world.services
    done = frozenset[str]().union(*services.values())
    needed = {tag.doing for metric in METRICS.values() for tag in metric.tags if tag.doing}
    assert needed <= done

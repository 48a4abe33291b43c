"""The HTTP and TLS checks of our endpoints, and that they send what the contract says."""

from __future__ import annotations

from components.endpoints.checks import checks
from components.endpoints.spec import EndpointSpec, EndpointsSpec
from contract.telemetry import CHECKS, METRICS, Source
from infra.naming import Environment

API = EndpointSpec(service="genonaut-api", url="https://api.example.com/api/v1/health", never="unhealthy|disconnected")
WEB = EndpointSpec(service="genonaut-web", url="https://example.com:8443/")
PLAIN = EndpointSpec(service="genonaut-web", url="http://example.com/")


def spec(*endpoints: EndpointSpec) -> EndpointsSpec:
    return EndpointsSpec(
        environment=Environment.STAGING, endpoints=endpoints, certificate_days=7, certificate_days_warning=21
    )


def test_an_answer_that_admits_to_be_unwell_fails() -> None:
    http, _ = checks(spec(API, WEB))
    api, web = http.instances
    assert (api["content_match"], api["reverse_content_match"]) == ("unhealthy|disconnected", True)
    assert "content_match" not in web
    assert http.cluster_check


def test_certificates_are_those_of_the_host_at_the_port() -> None:
    _, tls = checks(spec(API, WEB))
    assert [(one["server"], one["port"], one["server_hostname"]) for one in tls.instances] == [
        ("api.example.com", 443, "api.example.com"),
        ("example.com", 8443, "example.com"),
    ]
    assert all((one["days_critical"], one["days_warning"]) == (7, 21) for one in tls.instances)


def test_there_is_no_certificate_without_encryption_and_no_check_without_endpoints() -> None:
    assert [one.check for one in checks(spec(PLAIN))] == ["http_check"]
    assert checks(spec()) == ()


def test_the_tags_of_the_contract_are_those_of_the_instances() -> None:
    for config in checks(spec(API, WEB)):
        source = {"http_check": Source.HTTP, "tls": Source.TLS}[config.check]
        sent = [metric.tags for metric in METRICS.values() if metric.source is source]
        sent += [check.tags for check in CHECKS.values() if check.source is source]
        for instance in config.instances:
            keys = {tag.partition(":")[0] for tag in instance["tags"]}
            assert all(keys <= {tag.key for tag in tags} for tags in sent)

"""The load test's image and job."""

from __future__ import annotations

import dataclasses

import kubernetes_validate
import pytest

from components.load_test.compile import NAME, check, compile_image, compile_load_test
from components.load_test.spec import LoadTestSpec
from infra.naming import Environment
from infra.problems import ProblemsError
from infra.settings import Settings
from tests.examples import settings

IMAGE = "registry.example.com/genonaut/load-test@sha256:" + "a" * 64
SPEC = LoadTestSpec(
    environment=Environment.STAGING, namespace="genonaut", service="genonaut-load-test",
    repository="registry.example.com/genonaut/load-test", target="http://genonaut-api.genonaut.svc:8001",
    statsd_host="datadog-agent.datadog.svc", scenario="mixed", users=40, minutes=15, schedule="0 3 * * 1-5",
    baseline='{"made": "up"}',
)  # fmt: skip


def test_a_sound_spec_has_no_problem() -> None:
    assert check(SPEC) == []


def test_everything_wrong_is_told_at_once() -> None:
    wrong = dataclasses.replace(
        SPEC, repository="Load Test", scenario="sleep", users=0, minutes=600, schedule="every night"
    )
    assert {problem.where for problem in check(wrong)} == {
        "loadTest.repository", "load.scenario", "load.users", "load.minutes", "load.schedule",
    }  # fmt: skip


@pytest.mark.parametrize(
    "repository", ["ghcr.io/genonaut/load-test", "localhost:5000/load", "registry.example.com/a/b_c"]
)
def test_repositories(repository: str) -> None:
    assert check(dataclasses.replace(SPEC, repository=repository)) == []


@pytest.mark.parametrize("repository", ["ghcr.io/genonaut/load-test:latest", "load-test", "ghcr.io/Genonaut/load"])
def test_what_is_no_repository(repository: str) -> None:
    assert [problem.where for problem in check(dataclasses.replace(SPEC, repository=repository))] == [
        "loadTest.repository"
    ]


def test_the_objects_are_what_kubernetes_takes() -> None:
    manifests = compile_load_test(SPEC, IMAGE)
    assert set(manifests) == {NAME, f"{NAME}-network", f"{NAME}-baseline"}
    for manifest in manifests.values():
        kubernetes_validate.validate(manifest, "1.34", strict=True)


def test_without_a_baseline_nothing_is_compared() -> None:
    manifests = compile_load_test(dataclasses.replace(SPEC, baseline=None), IMAGE)
    assert f"{NAME}-baseline" not in manifests
    pod = manifests[NAME]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert "LOAD_BASELINE" not in {one["name"] for one in pod["containers"][0]["env"]}
    assert [volume["name"] for volume in pod["volumes"]] == ["tmp"]


def test_the_job_is_over_before_the_next_and_never_repeats_itself() -> None:
    job = compile_load_test(SPEC, IMAGE)[NAME]["spec"]
    assert job["concurrencyPolicy"] == "Forbid"
    assert job["jobTemplate"]["spec"]["backoffLimit"] == 0
    assert job["jobTemplate"]["spec"]["activeDeadlineSeconds"] > SPEC.minutes * 60


@pytest.mark.parametrize(
    ("target", "port"), [("http://a.svc:8001/x", 8001), ("https://a.example.com", 443), ("http://a.example.com/", 80)]
)
def test_only_the_target_is_reached(target: str, port: int) -> None:
    policy = compile_load_test(dataclasses.replace(SPEC, target=target), IMAGE)[f"{NAME}-network"]["spec"]
    reached = {(one["protocol"], one["port"]) for rule in policy["egress"] for one in rule["ports"]}
    assert reached == {("UDP", 53), ("TCP", 53), ("UDP", 8125), ("TCP", port)}
    assert "Ingress" in policy["policyTypes"]
    assert "ingress" not in policy, "no rule lets nobody in"


def test_the_image_is_built_from_its_own_folder() -> None:
    found = compile_image(SPEC, "/project")
    assert found["image_name"] == "registry.example.com/genonaut/load-test:staging"
    assert found["build"]["dockerfile"].startswith(found["build"]["context"])


def in_production(**load_test: object) -> Settings:
    return settings(environment="production", loadTest=load_test)


def test_production_is_put_under_load_only_when_it_says_so() -> None:
    with pytest.raises(ProblemsError, match=r"loadTest\.repository: would put production under load"):
        in_production(repository="ghcr.io/genonaut/load-test")
    assert in_production(repository="ghcr.io/genonaut/load-test", inProduction=True).load_test.in_production
    assert in_production().load_test.repository is None

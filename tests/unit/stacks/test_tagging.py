"""Workloads that alerts would not find are named, with the place of the label."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.agent.compile import compile_agent
from infra.naming import Environment
from stacks.catalog.services import LABELS_AS_TAGS, SERVICES, Service
from stacks.specs import compose
from stacks.tagging import check_tagging
from tests.examples import settings

LABELS = SERVICES[0].labels(Environment.PRODUCTION, "1.2.3")
TEMPLATES = {
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"), ("spec", "template")),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}


def workload(kind: str, labels: dict[str, Any], pod_labels: dict[str, Any]) -> dict[str, Any]:
    pod: dict[str, Any] = {"metadata": {"labels": pod_labels}}
    for name in reversed(TEMPLATES.get(kind, ())):
        pod = {name: pod}
    return {"kind": kind, "metadata": {"name": "some", "labels": labels}, **pod}


def found(*manifests: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in check_tagging(manifests)]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_workload_and_its_pods_must_both_say_it(kind: str) -> None:
    assert found(workload(kind, LABELS, LABELS)) == []
    path = ".".join(TEMPLATES[kind])
    assert {where for where, _ in found(workload(kind, LABELS, {}))} == {f"{kind} some: {path}.metadata.labels"}
    assert {where for where, _ in found(workload(kind, {}, LABELS))} == {f"{kind} some: metadata.labels"}


@pytest.mark.parametrize("tag", ["env", "service", "version"])
def test_each_label_is_missed(tag: str) -> None:
    label = f"tags.datadoghq.com/{tag}"
    labels = {name: value for name, value in LABELS.items() if name != label}
    assert found(workload("Deployment", LABELS, labels)) == [
        ("Deployment some: spec.template.metadata.labels", f"has no label {label}")
    ]


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("env", "prod", "no monitor selects 'prod'"),
        ("service", "genonaut", "no monitor selects 'genonaut'"),
        ("version", 1.2, "1.2 is no text"),
        ("version", "", "has no label"),
    ],
)
def test_values_that_nobody_selects_are_named(label: str, value: object, expected: str) -> None:
    labels = {**LABELS, f"tags.datadoghq.com/{label}": value}
    ((_, what),) = found(workload("Deployment", labels, LABELS))
    assert expected in what


def test_other_objects_are_left_alone_and_lists_are_opened() -> None:
    assert found({"kind": "ConfigMap", "metadata": {}}) == []
    assert len(found({"kind": "List", "items": [workload("Deployment", LABELS, {}), {"kind": "Pod"}]})) == 6


def test_our_own_agents_are_labelled() -> None:
    specs = compose(settings(), stack="example")
    manifests = compile_agent(specs.agent).values()
    own = {manifest["metadata"]["name"] for manifest in manifests}
    services = tuple(Service(key="agents", name=name, owner=SERVICES[0].owner) for name in own)
    assert list(check_tagging(manifests, services)) == []


def test_the_labels_of_a_service_become_the_tags_of_its_monitors() -> None:
    tags = {LABELS_AS_TAGS[label]: value for label, value in LABELS.items()}
    assert tags == {"env": "production", "service": "genonaut-api", "version": "1.2.3", "team": "genonaut-backend"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["metadata", "labels", "spec", "template", "kind", "items"]), inner, max_size=4
    ),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from([*TEMPLATES, "Pod"]), ANYTHING, ANYTHING)
def test_whatever_is_written_is_answered(kind: str, metadata: object, spec: object) -> None:
    manifest = {"kind": kind, "metadata": copy.deepcopy(metadata), "spec": spec}
    assert all(problem.where and problem.what for problem in check_tagging([manifest]))

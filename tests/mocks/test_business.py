"""The business metrics' resources: what of them is secret, and what waits for what."""

from __future__ import annotations

import json

import pulumi

from components.business.component import BusinessMetrics
from stacks import specs
from tests.examples import settings
from tests.mocks.recording import Recording, declare


def recorded() -> Recording:
    spec = specs.compose(settings(), "example").business
    assert spec is not None
    return declare(lambda: BusinessMetrics("business", spec, pulumi.ResourceOptions()))


def test_grafanas_password_is_secret_and_nowhere_but_in_its_secret() -> None:
    recording = recorded()
    secret = recording.the("business-grafana-secrets")
    values = secret.inputs["stringData"].values()
    assert len(set(values)) == 2
    assert any(path.startswith("stringData") for path in secret.secrets)
    rest = json.dumps([one.inputs for one in recording.declared if one is not secret])
    assert not any(value in rest for value in values)


def test_pods_come_last() -> None:
    names = [one.name for one in recorded().declared]
    assert names.index("business-namespace") < min(
        names.index(name) for name in names if name.startswith("business-") and name != "business-namespace"
    )
    last = {"business-prometheus", "business-grafana"}
    assert set(names[-2:]) == last

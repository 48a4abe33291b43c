"""The databases' resources: where they are, and what of them is secret."""

from __future__ import annotations

import json

import pulumi

from components.databases.component import DatabaseMonitoring
from stacks import specs
from tests.examples import settings
from tests.mocks.recording import Recording, declare


def recorded() -> Recording:
    spec = specs.compose(
        settings(databases={"namespace": "shop", "postgres": {"adminSecret": "shop-admin"}}), "example"
    ).databases
    return declare(lambda: DatabaseMonitoring("databases", spec, pulumi.ResourceOptions()))


def test_the_password_is_secret_and_nowhere_but_in_its_secret() -> None:
    recording = recorded()
    secret = recording.the("datadog-postgres")
    password = secret.inputs["stringData"]["password"]
    assert len(password) == 64
    assert any(path.startswith("stringData") for path in secret.secrets)
    assert password not in json.dumps([one.inputs for one in recording.declared if one is not secret])


def test_the_job_runs_where_the_administrators_secret_is() -> None:
    job = recorded().the("datadog-postgres-setup")
    assert job.inputs["metadata"]["namespace"] == "shop"
    assert "shop-admin" in json.dumps(job.inputs["spec"])
    assert job.inputs["metadata"]["name"].startswith("datadog-postgres-setup-")

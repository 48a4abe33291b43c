"""Kubernetes objects from manifests."""

from __future__ import annotations

import pulumi

from infra.kubernetes import declare as declare_object
from infra.secrets import Generated
from tests.mocks.recording import Recording, declare

MANIFEST = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": "token", "namespace": "agents"},
    "stringData": {"token": Generated(64)},
}


def made() -> Recording:
    return declare(lambda: declare_object("token", MANIFEST, pulumi.ResourceOptions()))


def test_a_generated_value_is_a_secret_of_the_length_asked_for_and_another_every_time() -> None:
    first, second = made().the("token"), made().the("token")
    values = {one.inputs["stringData"]["token"] for one in (first, second)}
    assert len(values) == 2
    assert all(len(value) == 64 for value in values)
    assert any(path.startswith("stringData") for path in first.secrets)

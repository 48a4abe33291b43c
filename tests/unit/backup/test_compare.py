"""What counts as the same after a restore: everything but ids and ciphertexts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools.backup.compare import differences
from tools.backup.folder import OBJECTS, STATE, Backup

MONITOR = "datadog:index/monitor:Monitor"
ALERT = "sentry-alerts:index:Alert"
SECRET = "4dabf18193072939515e22adb298388d"


def resource(name: str, id_: str, type_token: str = MONITOR, **inputs: Any) -> dict[str, Any]:
    urn = f"urn:pulumi:example::genonaut-monitoring::{type_token}::{name}"
    return {"urn": urn, "custom": True, "type": type_token, "id": id_, "inputs": inputs, "outputs": {}}


def backup(*resources: dict[str, Any], definitions: dict[str, Any] | None = None, identity: str = "api") -> Backup:
    return Backup(
        Path("example"),
        {
            STATE: json.dumps({"deployment": {"resources": resources}}).encode(),
            OBJECTS: json.dumps([{"type": MONITOR, "identity": identity}]).encode(),
            **{
                f"definitions/monitors/{name}.json": json.dumps(it).encode() for name, it in (definitions or {}).items()
            },
        },
    )


def state(id_: str, alert: str, ciphertext: str, threshold: int = 5) -> Backup:
    return backup(
        resource("api", id_, threshold=threshold),
        resource("both", f"9{id_}", query=f"{id_} && 4", token={SECRET: "x", "ciphertext": ciphertext}),
        resource("sentry", f"organization/{alert}", ALERT),
        resource("follows", f"organization/{alert}0", ALERT, detectors=[int(alert)]),
        definitions={"both": {"query": f"{id_} && 4"}},
        identity=f"{id_}/Runbook",
    )


def test_other_ids_and_ciphertexts_are_no_difference() -> None:
    assert differences(state("10001", "70001", "v1:a"), state("20002", "80002", "v1:b")) == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (backup(resource("api", "10001", threshold=6)), ["different: resource datadog:index/monitor:Monitor::api"]),
        (backup(), ["missing: resource datadog:index/monitor:Monitor::api"]),
        (
            backup(resource("api", "10001", threshold=5), resource("more", "10002")),
            ["new: resource datadog:index/monitor:Monitor::more"],
        ),
        (
            backup(resource("api", "10001", threshold=5), identity="other"),
            [f'missing: object {MONITOR} "api"', f'new: object {MONITOR} "other"'],
        ),
        (
            backup(resource("api", "10001", threshold=5), definitions={"api": {}}),
            ["new: definitions/monitors/api.json"],
        ),
    ],
)
def test_each_difference_is_named(after: Backup, said: list[str]) -> None:
    assert differences(backup(resource("api", "10001", threshold=5)), after) == said


def test_a_reference_to_another_object_is_a_difference() -> None:
    before = backup(resource("one", "10001"), resource("two", "10002"), resource("both", "10003", query="10001"))
    after = backup(resource("one", "20001"), resource("two", "20002"), resource("both", "20003", query="20002"))
    assert differences(before, after) == [f"different: resource {MONITOR}::both"]

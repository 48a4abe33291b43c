"""What we hand to Prometheus, judged by Prometheus."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from components.business.configuration import configuration, names_read
from components.business.spec import RemoteWrite
from contract.promql.names import OWN, TARGET
from tests.examples import STACKS
from tests.unit.business.examples import business_of, needs_prometheus, promtool, write_configuration

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[3] / "docs/runbooks"


@needs_prometheus
@pytest.mark.parametrize("stack", STACKS)
def test_promtool_finds_nothing_wrong(stack: str, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("made-up")
    (tmp_path / "token").write_text("made-up")
    for remote in (
        None,
        RemoteWrite(url="https://store.example.com/write", secret="store", username=None),  # noqa: S106 (a name)
        RemoteWrite(url="https://store.example.com/write", secret="store", username="shop"),  # noqa: S106 (a name)
    ):
        spec = replace(business_of(stack), remote_write=remote, alertmanager="http://alerts.example.com:9093/am/")
        said = promtool("check", "config", write_configuration(spec, tmp_path))
        assert "SUCCESS: 18 rules found" in said


@needs_prometheus
def test_a_real_prometheus_starts_with_it_and_evaluates_every_rule(tmp_path: Path) -> None:
    path = write_configuration(business_of("production"), tmp_path)
    # Rules are evaluated at a fixed place within their interval, which is a minute.
    for file in (path, tmp_path / "rules.yml"):
        file.write_text(file.read_text().replace('"1m"', '"1s"'))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [
        "prometheus", f"--config.file={path}", f"--storage.tsdb.path={tmp_path / 'data'}",
        f"--web.listen-address={address}", "--storage.tsdb.retention.time=90d", "--storage.tsdb.retention.size=16384MB",
    ]  # fmt: skip
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        try:
            groups = _evaluated(f"http://{address}/api/v1/rules")
            missing = _missing(f"http://{address}/metrics")
        finally:
            running.terminate()
    rules = [rule for group in groups for rule in group["rules"]]
    assert len(rules) == 18
    assert {rule["health"] for rule in rules} == {"ok"}, (tmp_path / "log").read_text()
    assert missing == set()


def _missing(url: str) -> set[str]:
    """Names that queries are proved with and Prometheus does not say. Some come with the first sample."""
    own = {name for name in OWN if name.startswith("prometheus_")}
    end = time.monotonic() + 10
    missing = own
    while missing and time.monotonic() < end:
        missing = own - {*re.findall(r"^(\w+)[ {]", httpx.get(url).text, re.MULTILINE)}
    return missing


def _evaluated(url: str) -> list[dict[str, Any]]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            groups: list[dict[str, Any]] = httpx.get(url).raise_for_status().json()["data"]["groups"]
        except httpx.HTTPError:
            groups = []
        if groups and all(rule["health"] != "unknown" for group in groups for rule in group["rules"]):
            return groups
        time.sleep(0.1)
    raise AssertionError("Prometheus did not evaluate the rules")


def test_only_pods_of_this_environment_are_looked_for() -> None:
    spec = business_of("staging")
    (pods,) = [one for one in configuration(spec)["scrape_configs"] if one["job_name"] == "genonaut"]
    (discovery,) = pods["kubernetes_sd_configs"]
    assert discovery == {
        "role": "pod",
        "namespaces": {"names": [spec.watched_namespace]},
        "selectors": [
            {
                "role": "pod",
                "label": "tags.datadoghq.com/service in (genonaut-api,genonaut-worker),tags.datadoghq.com/env=staging",
            }
        ],
    }


def test_series_carry_the_labels_that_queries_are_proved_with() -> None:
    (pods,) = [one for one in configuration(business_of("staging"))["scrape_configs"] if one["job_name"] == "genonaut"]
    given = {one["target_label"]: one["source_labels"] for one in pods["relabel_configs"] if "target_label" in one}
    # The other two are Prometheus' own.
    assert {*given, "job", "instance"} == set(TARGET)
    assert given["service"] == ["__meta_kubernetes_pod_label_tags_datadoghq_com_service"]


def test_what_is_kept_is_what_our_code_exposes() -> None:
    kept = names_read()
    assert "genonaut_search_duration_seconds_bucket" in kept
    assert "genonaut_search_duration_seconds" not in kept
    assert "python_gc_objects_collected_total" not in kept


@pytest.mark.parametrize("stack", STACKS)
def test_every_alert_has_a_runbook(stack: str) -> None:
    alerts = [alert for group in business_of(stack).groups for alert in group.alerts]
    assert [alert.key for alert in alerts if not (DOCS / f"{alert.runbook}.md").exists()] == []


def test_the_configuration_is_text_without_secrets() -> None:
    remote = RemoteWrite(url="https://store.example.com/write", secret="store", username="shop")  # noqa: S106 (a name)
    text = json.dumps(configuration(replace(business_of("production"), remote_write=remote)))
    assert '"password_file"' in text
    assert '"password"' not in text

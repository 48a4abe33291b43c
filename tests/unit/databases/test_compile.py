"""The manifests: valid for Kubernetes, whole in themselves, and another job for every other content."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.databases import compile as compiler
from components.databases.compile import NAME, check, compile_databases
from components.databases.spec import PASSWORD_SECRET, DatabasesSpec, PostgresSpec
from contract.telemetry.tags import QUEUES
from infra.secrets import Generated
from stacks.catalog.databases import PAGINATED_TABLES
from tests.unit.databases.examples import CERTIFICATES, SPEC

VERIFIED = dataclasses.replace(
    SPEC, postgres=dataclasses.replace(SPEC.postgres, ssl_mode="verify-full", ca_certificates=CERTIFICATES)
)


def job(spec: DatabasesSpec = SPEC) -> dict[str, Any]:
    return compile_databases(spec)[NAME]


def pod(spec: DatabasesSpec = SPEC) -> dict[str, Any]:
    found: dict[str, Any] = job(spec)["spec"]["template"]["spec"]
    return found


def containers(spec: DatabasesSpec = SPEC) -> list[dict[str, Any]]:
    return [*pod(spec)["initContainers"], *pod(spec)["containers"]]


def name_of(spec: DatabasesSpec) -> str:
    name: str = job(spec)["metadata"]["name"]
    return name


@pytest.mark.parametrize("version", ["1.25", "1.34", "1.36"])
@pytest.mark.parametrize("spec", [SPEC, VERIFIED], ids=["plain", "verified"])
@pytest.mark.parametrize("name", compile_databases(SPEC))
def test_every_object_is_valid(name: str, spec: DatabasesSpec, version: str) -> None:
    manifest = json.loads(json.dumps(compile_databases(spec)[name], default=str))
    if "stringData" in manifest:
        manifest["stringData"] = dict.fromkeys(manifest["stringData"], "text")
    kubernetes_validate.validate(manifest, version, strict=True)


def test_everything_is_in_the_namespace_of_the_application() -> None:
    assert {manifest["metadata"]["namespace"] for manifest in compile_databases(SPEC).values()} == {"shop"}


def test_what_is_mounted_is_the_config_map_that_is_made() -> None:
    files = compile_databases(VERIFIED)[f"{NAME}-files"]
    (volume,) = pod(VERIFIED)["volumes"]
    assert volume["configMap"]["name"] == files["metadata"]["name"]
    for container in containers(VERIFIED):
        (mount,) = container["volumeMounts"]
        assert mount["name"] == volume["name"]
        used = [part for part in " ".join(container["command"]).split() if part.startswith(mount["mountPath"])]
        used += [e["value"] for e in container["env"] if str(e.get("value", "")).startswith(mount["mountPath"])]
        assert len(used) == 2  # the SQL and the certificates
        assert {Path(path).name for path in used} <= set(files["data"])


def test_the_password_is_made_up_and_read_where_it_is() -> None:
    secret = compile_databases(SPEC)[PASSWORD_SECRET]
    (key,) = secret["stringData"]
    assert isinstance(secret["stringData"][key], Generated)
    references = [e["valueFrom"]["secretKeyRef"] for c in containers() for e in c["env"] if "valueFrom" in e]
    assert [ref for ref in references if ref["name"] != "postgres-admin"] == [
        {"name": secret["metadata"]["name"], "key": key}
    ] * 2


def test_the_monitoring_user_never_meets_the_administrators_password() -> None:
    (verify,) = pod()["containers"]
    assert "postgres-admin" not in json.dumps(verify)
    assert {"name": "PGUSER", "value": "datadog"} in verify["env"]


def test_the_pod_meets_the_restricted_standard() -> None:
    """https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, and a read-only root."""
    context = pod()["securityContext"]
    assert context["runAsNonRoot"] is True
    assert context["runAsUser"] > 0
    assert context["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod()["automountServiceAccountToken"] is False
    for container in containers():
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": True,
        }
        assert set(container["resources"]) == {"requests", "limits"}


def test_a_job_that_is_done_stays() -> None:
    # With a time to live it would be gone when the engine looks again, and be made and run again.
    assert "ttlSecondsAfterFinished" not in job()["spec"]
    assert job()["spec"]["activeDeadlineSeconds"] > 0


def test_the_same_content_has_the_same_name() -> None:
    assert name_of(SPEC) == name_of(dataclasses.replace(SPEC))
    # The checks are no part of it.
    assert name_of(SPEC) == name_of(
        dataclasses.replace(SPEC, redis=dataclasses.replace(SPEC.redis, host="elsewhere.example.com"))
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda server: dataclasses.replace(server, host="other.example.com"),
        lambda server: dataclasses.replace(server, port=5434),
        lambda server: dataclasses.replace(server, database="other"),
        lambda server: dataclasses.replace(server, ssl_mode="require"),
        lambda server: dataclasses.replace(server, image="registry.example.com/psql:17.2"),
        lambda server: dataclasses.replace(server, admin_secret="other"),  # noqa: S106
        lambda server: dataclasses.replace(server, ca_certificates=CERTIFICATES),
    ],
)
def test_other_content_has_another_name(change: Callable[[PostgresSpec], PostgresSpec]) -> None:
    changed = dataclasses.replace(SPEC, postgres=change(SPEC.postgres))
    assert name_of(changed) != name_of(SPEC)
    assert list(compile_databases(changed)) == list(compile_databases(SPEC))  # logical names stay


def test_other_sql_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = name_of(SPEC)
    for name in compiler.IN_JOB:
        text = (compiler.SQL / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(f"{text}\n-- changed\n", encoding="utf-8")
    monkeypatch.setattr(compiler, "SQL", tmp_path)
    assert name_of(SPEC) != before


def test_every_problem_is_found_at_once() -> None:
    spec = dataclasses.replace(
        SPEC,
        postgres=dataclasses.replace(
            SPEC.postgres, tables=("orders", "orders", "Orders", "o'); DROP TABLE orders; --")
        ),
        redis=dataclasses.replace(SPEC.redis, queues=()),
    )
    text = "\n".join(map(str, check(spec)))
    assert "databases.postgres.tables: 'Orders' cannot be used" in text
    assert 'databases.postgres.tables: "o\'); DROP TABLE orders; --" cannot be used' in text
    assert "databases.postgres.tables: names something twice" in text
    assert "databases.redis.queues: is empty" in text
    assert check(SPEC) == []


def test_the_catalog_is_right() -> None:
    spec = dataclasses.replace(
        SPEC,
        postgres=dataclasses.replace(SPEC.postgres, tables=PAGINATED_TABLES),
        redis=dataclasses.replace(SPEC.redis, queues=QUEUES),
    )
    assert check(spec) == []


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_table_that_is_accepted_needs_no_quotes(name: str) -> None:
    spec = dataclasses.replace(SPEC, postgres=dataclasses.replace(SPEC.postgres, tables=(name,)))
    if not check(spec):
        assert name.isascii()
        assert name.replace("_", "a").isalnum()
        assert name == name.lower()

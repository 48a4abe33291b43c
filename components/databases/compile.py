"""From the databases to Kubernetes manifests: the job that makes the monitoring user, and what it reads."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from components.databases.spec import PASSWORD_SECRET, USER, DatabasesSpec, PostgresSpec
from components.manifests import NOT_ADMITTED, PART_OF, RESTRICTED, named, restricted_pod
from infra.problems import Problem
from infra.secrets import Generated

NAME = "datadog-postgres-setup"
SQL = Path(__file__).with_name("sql")
IN_JOB = ("monitoring-user.sql", "verify.sql")
"""The files of `SQL` that the job runs: the first as the administrator, the second as the user it made."""

_FILES = "/setup"
# What needs no quotes in SQL, so that what the check asks for is what is written here.
_TABLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
# A tag's value, less what Datadog would change in it.
_QUEUE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_PSQL = "psql --no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 --single-transaction"


def check(spec: DatabasesSpec) -> list[Problem]:
    """Everything that is wrong with these databases."""
    return [
        *_wrong("databases.postgres.tables", spec.postgres.tables, _TABLE, "lower case letters, digits, underscores"),
        *_wrong("databases.redis.queues", spec.redis.queues, _QUEUE, "lower case letters, digits, . _ -"),
    ]


def compile_databases(spec: DatabasesSpec) -> dict[str, dict[str, Any]]:
    """Manifests by logical name, in the order in which they depend on one another."""
    files = _files(spec.postgres)
    pod = _pod(spec.postgres)
    # A job cannot be changed. Its name follows from what it runs, so that another job is another object: the engine
    # makes the new one, waits for it, and removes the old one (docs/adr/0012-databases.md).
    name = f"{NAME}-{_digest([files, pod])}"
    labels = {**named(NAME), **PART_OF}
    pod["volumes"] = [{"name": "files", "configMap": {"name": name}}]

    def metadata(name: str) -> dict[str, Any]:
        return {"name": name, "namespace": spec.namespace, "labels": labels}

    return {
        PASSWORD_SECRET: {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": metadata(PASSWORD_SECRET),
            "type": "Opaque",
            "stringData": {"password": Generated(64)},
        },
        f"{NAME}-files": {
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(name), "immutable": True, "data": files,
        },
        NAME: {
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": metadata(name),
            "spec": {
                # No ttlSecondsAfterFinished: a job that removes itself is one that the next run makes again.
                "backoffLimit": 4,
                "activeDeadlineSeconds": 300,
                "template": {
                    "metadata": {"labels": {**labels, **NOT_ADMITTED}},
                    "spec": pod,
                },
            },
        },
    }  # fmt: skip


def _files(server: PostgresSpec) -> dict[str, str]:
    files = {name: (SQL / name).read_text(encoding="utf-8") for name in IN_JOB}
    return files if server.ca_certificates is None else {**files, "ca.pem": server.ca_certificates}


def _pod(server: PostgresSpec) -> dict[str, Any]:
    set_up, verify = (f"{_FILES}/{name}" for name in IN_JOB)
    # psql's \password reads from standard input where there is no terminal; printf is the shell's own, so that the
    # password is no argument of a process.
    asked = f'printf \'%s\\n%s\\n\' "$MONITORING_PASSWORD" "$MONITORING_PASSWORD" | {_PSQL} --file {set_up}'
    administrator = [
        _from_secret("PGUSER", server.admin_secret, "username"),
        _from_secret("PGPASSWORD", server.admin_secret, "password"),
    ]
    return {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": restricted_pod(),
        "initContainers": [
            _container(
                "set-up",
                server,
                asked,
                [*administrator, _from_secret("MONITORING_PASSWORD", PASSWORD_SECRET, "password")],
            )
        ],
        "containers": [
            _container(
                "verify",
                server,
                f"{_PSQL} --file {verify}",
                [{"name": "PGUSER", "value": USER}, _from_secret("PGPASSWORD", PASSWORD_SECRET, "password")],
            )
        ],
    }


def _container(name: str, server: PostgresSpec, command: str, login: list[dict[str, Any]]) -> dict[str, Any]:
    connection = {
        "PGHOST": server.host,
        "PGPORT": str(server.port),
        "PGDATABASE": server.database,
        "PGSSLMODE": server.ssl_mode,
        "PGCONNECT_TIMEOUT": "10",
        "PGAPPNAME": NAME,
        **({"PGSSLROOTCERT": f"{_FILES}/ca.pem"} if server.ca_certificates else {}),
    }
    return {
        "name": name,
        "image": server.image,
        "command": ["sh", "-ec", command],
        "env": [*({"name": key, "value": value} for key, value in connection.items()), *login],
        "resources": {
            "requests": {"cpu": "20m", "memory": "64Mi"},
            "limits": {"cpu": "200m", "memory": "64Mi"},
        },
        "securityContext": RESTRICTED,
        "volumeMounts": [{"name": "files", "mountPath": _FILES, "readOnly": True}],
    }


def _from_secret(variable: str, secret: str, key: str) -> dict[str, Any]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:10]


def _wrong(where: str, names: tuple[str, ...], allowed: re.Pattern[str], hint: str) -> list[Problem]:
    problems = [Problem(where, f"{name!r} cannot be used", hint) for name in names if not allowed.fullmatch(name)]
    if not names:
        problems.append(Problem(where, "is empty", "at least one name"))
    if len(set(names)) < len(names):
        problems.append(Problem(where, "names something twice"))
    return problems

"""From a load test to the image's arguments and Kubernetes manifests. Pure."""

from __future__ import annotations

import re
from typing import Any

from components.load_test.spec import LoadTestSpec
from components.manifests import NOT_ADMITTED, PART_OF, RESTRICTED, named, restricted_pod
from contract.telemetry.load_test import SCENARIOS
from infra.naming import UNIFIED_LABELS
from infra.problems import Problem

NAME = "genonaut-load-test"
CONTEXT = "load_test"
"""The folder of the image, seen from the project's."""

_LONGEST = 120
"""Minutes. A test that runs into the next day's traffic is no test of today's build."""
_GRACE = 10
"""Minutes for pulling the image, for people to arrive, and for the last answers."""
_FIELD = r"(\*|\d+(-\d+)?)(/\d+)?(,\d+(-\d+)?)*"
_CRONTAB = re.compile(rf"{_FIELD}( {_FIELD}){{4}}")
# https://github.com/distribution/reference: a host, then path components of lower case letters.
_REPOSITORY = re.compile(r"[a-zA-Z0-9.-]+(:\d+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+")


def check(spec: LoadTestSpec) -> list[Problem]:
    """Everything that is wrong with this load test."""
    problems = []
    if not _REPOSITORY.fullmatch(spec.repository):
        problems.append(
            Problem("loadTest.repository", f"{spec.repository!r} is no repository", "HOST/NAME, without a tag")
        )
    if spec.scenario not in SCENARIOS:
        problems.append(
            Problem("load.scenario", f"there is no scenario {spec.scenario!r}", f"one of {', '.join(SCENARIOS)}")
        )
    if spec.users < 1:
        problems.append(Problem("load.users", f"{spec.users} people do nothing", "at least 1"))
    if not 1 <= spec.minutes <= _LONGEST:
        problems.append(Problem("load.minutes", f"{spec.minutes} is out of range", f"from 1 to {_LONGEST}"))
    if not _CRONTAB.fullmatch(spec.schedule):
        problems.append(Problem("load.schedule", f"{spec.schedule!r} is no crontab", 'five fields: "0 3 * * 1-5"'))
    return problems


def compile_image(spec: LoadTestSpec, project: str) -> dict[str, Any]:
    """The arguments of `pulumi_docker.Image`; `project` is the project's folder."""
    context = f"{project}/{CONTEXT}"
    return {
        "image_name": f"{spec.repository}:{spec.environment}",
        "build": {"context": context, "dockerfile": f"{context}/Dockerfile", "platform": "linux/amd64"},
    }


def compile_load_test(spec: LoadTestSpec, image: Any) -> dict[str, dict[str, Any]]:
    """Manifests by logical name; `image` is the image by its digest, known or an output of the engine."""
    labels = {**named(NAME), **PART_OF}

    def manifest(api: str, kind: str, **content: Any) -> dict[str, Any]:
        metadata = {"name": NAME, "namespace": spec.namespace, "labels": labels}
        return {"apiVersion": api, "kind": kind, "metadata": metadata, **content}

    found = {f"{NAME}-network": manifest("networking.k8s.io/v1", "NetworkPolicy", spec=_egress(spec))}
    if spec.baseline is not None:
        found[f"{NAME}-baseline"] = manifest("v1", "ConfigMap", data={"baseline.json": spec.baseline})
    found[NAME] = manifest(
        "batch/v1",
        "CronJob",
        spec={
            "schedule": spec.schedule,
            "timeZone": "Etc/UTC",
            # Two at once would measure each other.
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 600,
            "successfulJobsHistoryLimit": 5,
            "failedJobsHistoryLimit": 5,
            "jobTemplate": {
                "spec": {
                    # A regression is a result: running again until it passes is not a test.
                    "backoffLimit": 0,
                    "activeDeadlineSeconds": (spec.minutes + _GRACE) * 60,
                    "template": {"metadata": {"labels": {**labels, **_unified(spec)}}, "spec": _pod(spec, image)},
                }
            },
        },
    )
    return found


def _unified(spec: LoadTestSpec) -> dict[str, str]:
    return {
        UNIFIED_LABELS["env"]: spec.environment.value,
        UNIFIED_LABELS["service"]: spec.service,
        **NOT_ADMITTED,
    }


def _pod(spec: LoadTestSpec, image: Any) -> dict[str, Any]:
    variables = {
        "LOAD_SCENARIO": spec.scenario,
        "DD_AGENT_HOST": spec.statsd_host,
        "DD_ENV": spec.environment.value,
        "DD_SERVICE": spec.service,
        **({} if spec.baseline is None else {"LOAD_BASELINE": "/baseline/baseline.json"}),
    }
    volumes: list[dict[str, Any]] = [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}]
    mounts: list[dict[str, Any]] = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108 (of the container)
    if spec.baseline is not None:
        volumes.append({"name": "baseline", "configMap": {"name": NAME}})
        mounts.append({"name": "baseline", "mountPath": "/baseline", "readOnly": True})
    return {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": restricted_pod(),
        "containers": [
            {
                "name": "locust",
                "image": image,
                "args": [
                    "--host", spec.target, "--users", str(spec.users), "--spawn-rate", str(max(1, spec.users // 10)),
                    "--run-time", f"{spec.minutes}m",
                ],
                "env": [{"name": name, "value": value} for name, value in variables.items()],
                "resources": {
                    # locust keeps one core busy; slowed down by a limit, it would measure itself.
                    "requests": {"cpu": "1", "memory": "256Mi"},
                    "limits": {"cpu": "2", "memory": "512Mi"},
                },
                "securityContext": RESTRICTED,
                "volumeMounts": mounts,
            }
        ],
        "volumes": volumes,
    }  # fmt: skip


def _egress(spec: LoadTestSpec) -> dict[str, Any]:
    """Out: names, metrics, and the target; in: nobody, because no rule says who."""
    return {
        "podSelector": {"matchLabels": named(NAME)},
        "policyTypes": ["Ingress", "Egress"],
        "egress": [
            {"ports": [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}]},
            {"ports": [{"protocol": "UDP", "port": 8125}]},
            {"ports": [{"protocol": "TCP", "port": _port(spec.target)}]},
        ],
    }


def _port(url: str) -> int:
    scheme, _, rest = url.partition("://")
    _, colon, port = rest.partition("/")[0].rpartition(":")
    return int(port) if colon else {"http": 80, "https": 443}[scheme]

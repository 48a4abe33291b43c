"""Whether workloads carry the labels that their telemetry, and so their alerts, are found by. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from infra.naming import UNIFIED_LABELS, Environment
from infra.problems import Problem
from stacks.catalog.services import SERVICES, Service

_TEMPLATE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"), ("spec", "template")
    ),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
"""Where each kind of workload has the template of its pods."""


def check_tagging(
    manifests: Iterable[Mapping[str, Any]], services: tuple[Service, ...] = SERVICES
) -> Iterator[Problem]:
    """Workloads and pods without `env`, `service` and `version`, and those whose values no monitor selects.

    The workload itself must carry them as well as its pods: metrics about its state (kubernetes_state.*) get their tags
    from its own labels, everything else from the pods'. Objects of other kinds are left alone.
    """
    for manifest in manifests:
        kind = str(manifest.get("kind"))
        name = _member(manifest, "metadata").get("name", "without a name")
        if kind == "Pod":
            yield from _labels(f"Pod {name}", ("metadata", "labels"), manifest, services)
        elif kind in _TEMPLATE:
            for path in ((), _TEMPLATE[kind]):
                yield from _labels(f"{kind} {name}", (*path, "metadata", "labels"), manifest, services)
        elif kind == "List":
            yield from check_tagging(manifest.get("items") or (), services)


def _labels(
    where: str, path: tuple[str, ...], manifest: Mapping[str, Any], services: tuple[Service, ...]
) -> Iterator[Problem]:
    labels = _member(manifest, *path)
    known = {
        "env": {environment.value for environment in Environment},
        "service": {service.name for service in services},
    }
    for tag, label in UNIFIED_LABELS.items():
        place = f"{where}: {'.'.join(path)}"
        value = labels.get(label)
        if not value:
            yield Problem(place, f"has no label {label}", f"its telemetry will have no tag {tag}")
        elif not isinstance(value, str):
            yield Problem(place, f"{label}: {value!r} is no text", f'in quotes: "{value}"')
        elif tag in known and value not in known[tag]:
            yield Problem(place, f"{label}: no monitor selects {value!r}", f"one of {', '.join(sorted(known[tag]))}")


def _member(value: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        found = value.get(name)
        value = found if isinstance(found, Mapping) else {}
    return value

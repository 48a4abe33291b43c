"""The objects of every stack on a real API server, which knows more than any schema."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from tests.cluster.cluster import Answer, Cluster

WRITTEN_ONLY = {"stringData"}
"""Fields that the server turns into others."""
NOTHING: tuple[Any, ...] = (None, False, "", [], {})
"""Values that the server leaves out, one as good as the other."""


def test_every_object_is_accepted_without_a_warning(applied: dict[str, Answer]) -> None:
    refusals = {name: answer.refusal for name, answer in applied.items() if answer.refusal}
    assert applied
    assert refusals == {}


def test_a_second_apply_changes_nothing(cluster: Cluster, applied: dict[str, Answer]) -> None:
    assert applied
    changed = [name for name, manifest in cluster.manifests.items() if not stays(cluster, manifest)]
    assert changed == []


def stays(cluster: Cluster, manifest: Mapping[str, Any]) -> bool:
    # The server keeps writing the status of what it serves itself, such as an APIService: once may be by chance.
    for _ in range(3):
        before = cluster.read(manifest)["metadata"]["resourceVersion"]
        if cluster.apply(manifest).body["metadata"]["resourceVersion"] == before:
            return True
    return False


def test_the_server_keeps_what_was_declared(cluster: Cluster, applied: dict[str, Answer]) -> None:
    """A value that the server writes differently would show as drift."""
    assert applied
    differences = {
        name: found
        for name, manifest in cluster.manifests.items()
        if (found := sorted(_missing(manifest, cluster.read(manifest))))
    }
    assert differences == {}


def test_a_misspelt_field_is_refused(cluster: Cluster, applied: dict[str, Answer]) -> None:
    assert applied
    with_pods = [each for each in cluster.manifests.values() if "template" in each.get("spec", {})]
    assert with_pods
    for manifest in with_pods:
        wrong = copy.deepcopy(dict(manifest))
        wrong["spec"]["template"]["spec"]["containers"][0]["volumeMount"] = []
        answer = cluster.apply(wrong, dry_run=True)
        assert answer.status in {httpx.codes.BAD_REQUEST, httpx.codes.INTERNAL_SERVER_ERROR}, answer
        assert "volumeMount" in answer.refusal


def _missing(declared: Any, kept: Any, path: str = "") -> Iterator[str]:
    if isinstance(declared, Mapping) and isinstance(kept, Mapping):
        for key, value in declared.items():
            if key not in WRITTEN_ONLY:
                yield from _missing(value, kept.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(declared, (list, tuple)) and isinstance(kept, list) and len(declared) == len(kept):
        for index, ours in enumerate(declared):
            yield from _missing(ours, kept[index], f"{path}[{index}]")
    elif declared != kept and not (declared in NOTHING and kept in NOTHING):
        yield f"{path}: {declared!r} is kept as {kept!r}"

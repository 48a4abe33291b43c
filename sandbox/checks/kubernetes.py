"""Kubernetes objects: the API's schema of the cluster's version, and what the API server checks besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from jsonschema.protocols import Validator  # type: ignore[import-untyped]
from kubernetes_validate import utils
from referencing import Registry, Resource

from sandbox.checks.problem import Problem, did_you_mean
from sandbox.kubernetes.custom import is_custom
from sandbox.kubernetes.kinds import api_version_of, is_patch, kind_of, metadata_of
from sandbox.paths import join

WITH_SELECTOR = ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
WITH_TEMPLATE = (*WITH_SELECTOR, "Job")
NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
"""A DNS subdomain (RFC 1123), which most names must be."""
FREE_NAMES = ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "APIService")
"""Kinds whose names may hold other characters, such as `:`."""

REQUIRED = "is required"


class UnknownVersionError(ValueError):
    """A cluster version nobody has schemas for."""


class KubernetesCheck:
    """Checks objects for one cluster version. Raises `UnknownVersionError` at once when it does not know it."""

    def __init__(self, version: str) -> None:
        self._version = _schema_version(version)

    def check(self, token: str, inputs: Mapping[str, Any]) -> list[Problem]:
        """Problems of an object."""
        body = {"apiVersion": api_version_of(token), "kind": kind_of(token), **inputs}
        if is_custom(token):  # its schema is in its definition, which only the cluster has
            return list(_name(body))
        if is_patch(token):
            return [*_patched(body), *(each for each in self._schema(body) if each.reason != REQUIRED)]
        return [*self._schema(body), *_name(body), *_selector(body), *_volumes(body)]

    def _schema(self, body: Mapping[str, Any]) -> Iterator[Problem]:
        try:
            validator = _validator(self._version, str(body["kind"]), str(body["apiVersion"]))
        except FileNotFoundError:
            yield Problem("", f"Kubernetes {self._version} has no kind {body['kind']} in {body['apiVersion']}")
            return
        for error in validator.iter_errors(body):
            yield from _explained(error)


def _schema_version(wanted: str) -> str:
    known = utils.all_versions()
    name = utils.major_minor(wanted.removeprefix("v"))
    fitting = [each for each in known if utils.major_minor(each) == name]
    if not fitting:
        have = ", ".join(dict.fromkeys(utils.major_minor(each) for each in known))
        raise UnknownVersionError(f"there are no schemas for Kubernetes {wanted}: choose one of {have}")
    return str(fitting[-1])


@cache
def _definitions(version: str) -> Resource[Any]:
    contents = utils.schema_contents(f"kubernetes-json-schema/v{version}-local-strict/_definitions.json", version)
    return Resource.from_contents(contents)


@cache
def _validator(version: str, kind: str, api_version: str) -> Validator:
    """The strict validator of one kind; the library's `validate` stops at the first problem and re-reads its files."""
    short = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", api_version)
    path = f"kubernetes-json-schema/v{version}-local-strict/{kind.lower()}-{short}.json"
    schema = utils.schema_contents(path, version)
    registry = _definitions(version) @ (Resource.from_contents(schema) @ Registry())
    return jsonschema.Draft202012Validator(schema, registry=registry)


def _explained(error: jsonschema.ValidationError) -> Iterator[Problem]:
    path = ""
    for each in error.absolute_path:
        path = f"{path}[{each}]" if isinstance(each, int) else join(path, each)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for name in error.instance:
            if name not in known:
                yield Problem(join(path, name), f"no such field{did_you_mean(name, known)}")
    elif error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield Problem(join(path, name), REQUIRED)
    elif error.validator in ("oneOf", "anyOf") and error.context:
        yield Problem(path, error.context[0].message)
    elif error.validator == "type":
        wanted = error.validator_value if isinstance(error.validator_value, str) else " or ".join(error.validator_value)
        yield Problem(path, f"must be of type {wanted.removesuffix(' or null')}")
    else:
        yield Problem(path, error.message)


def _patched(body: Mapping[str, Any]) -> Iterator[Problem]:
    if not metadata_of(body).get("name"):
        yield Problem("metadata.name", "is required: which object to patch")


def _name(body: Mapping[str, Any]) -> Iterator[Problem]:
    name = metadata_of(body).get("name")
    if isinstance(name, str) and body["kind"] not in FREE_NAMES and not NAME.fullmatch(name):
        yield Problem("metadata.name", f"{name!r} is no RFC 1123 name: a-z, 0-9, '-' and '.', at most 253 characters")


def _member(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _selector(body: Mapping[str, Any]) -> Iterator[Problem]:
    wanted = _member(body, "spec", "selector", "matchLabels")
    if body["kind"] not in WITH_SELECTOR or not isinstance(wanted, Mapping):
        return
    labels = _member(body, "spec", "template", "metadata", "labels") or {}
    for name, value in wanted.items():
        if labels.get(name) != value:
            yield Problem(
                join("spec.template.metadata.labels", name),
                f"must be {value!r}: `selector` does not match template `labels`",
            )


def _volumes(body: Mapping[str, Any]) -> Iterator[Problem]:
    kind = body["kind"]
    prefix = ("spec",) if kind == "Pod" else ("spec", "template", "spec") if kind in WITH_TEMPLATE else (
        "spec", "jobTemplate", "spec", "template", "spec") if kind == "CronJob" else ()  # fmt: skip
    spec = _member(body, *prefix) if prefix else None
    if not isinstance(spec, Mapping):
        return
    claims = _member(body, "spec", "volumeClaimTemplates") or []
    volumes: set[Any] = {each.get("name") for each in spec.get("volumes") or []} | {
        metadata_of(each).get("name") for each in claims
    }
    for group in ("initContainers", "containers"):
        for index, container in enumerate(spec.get(group) or []):
            for place, mount in enumerate(container.get("volumeMounts") or []):
                if "name" in mount and mount["name"] not in volumes and None not in volumes:
                    path = f"{'.'.join(prefix)}.{group}[{index}].volumeMounts[{place}].name"
                    yield Problem(path, f"Not found: {mount['name']!r}{did_you_mean(mount['name'], volumes)}")

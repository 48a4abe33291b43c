"""One stack's objects on an API server of its own: apply them, and ask what their accounts may do."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from components.agent.features import Feature
from infra.secrets import with_secrets

MANAGER = "cluster-tests"
SERVED_WITHIN = 15.0
"""Seconds until the server must serve a kind whose definition it was just given."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to one object."""

    status: int
    body: dict[str, Any]
    warnings: tuple[str, ...]

    @property
    def refusal(self) -> str:
        """Why the object was not taken as it is; empty where it was."""
        if self.status not in {httpx.codes.OK, httpx.codes.CREATED}:
            return f"{self.status}: {self.body.get('message', self.body)}"
        return "; ".join(self.warnings)


@dataclass
class Cluster:
    """A running API server, and what the stack declares."""

    stack: str
    http: httpx.Client
    features: frozenset[Feature]
    """What its agents do."""
    manifests: Mapping[str, Mapping[str, Any]]
    _kinds: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def apply(self, manifest: Mapping[str, Any], *, dry_run: bool = False) -> Answer:
        """Server-side apply that refuses unknown and repeated fields; `dry_run` goes all the way but stores nothing."""
        options = {"fieldManager": MANAGER, "fieldValidation": "Strict", **({"dryRun": "All"} if dry_run else {})}
        # JSON is YAML.
        answer = self.http.patch(
            self.path(manifest),
            params=options,
            json=with_secrets(manifest, lambda _: "made-up-value"),
            headers={"Content-Type": "application/apply-patch+yaml"},
        )
        return Answer(answer.status_code, answer.json(), tuple(answer.headers.get_list("warning")))

    def read(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """The object as the server keeps it."""
        answer = self.http.get(self.path(manifest)).raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def ensure_namespaces(self) -> None:
        """Make those that the stack expects but does not declare, such as the application's."""
        used = {manifest["metadata"].get("namespace") for manifest in self.manifests.values()} - {None}
        own = {each["metadata"]["name"] for each in self.manifests.values() if each["kind"] == "Namespace"}
        for name in sorted(used - own):
            body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
            answer = self.http.post("/api/v1/namespaces", json=body)
            assert answer.status_code in {httpx.codes.CREATED, httpx.codes.CONFLICT}, answer.text

    def may(self, namespace: str, account: str, question: Mapping[str, Any]) -> bool:
        """Whether a service account may do what a SubjectAccessReview's attributes describe."""
        groups = ["system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated"]
        review = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SubjectAccessReview",
            "spec": {"user": f"system:serviceaccount:{namespace}:{account}", "groups": groups, **question},
        }
        answer = self.http.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", json=review)
        assert answer.status_code == httpx.codes.CREATED, answer.text
        allowed: bool = answer.json()["status"]["allowed"]
        return allowed

    def resources(self) -> set[tuple[str, str]]:
        """Group and name of everything that the server serves, subresources after a slash."""
        groups = self.http.get("/apis").raise_for_status().json()["groups"]
        versions = ["v1", *(version["groupVersion"] for group in groups for version in group["versions"])]
        answers = {version: self.http.get(_root(version)) for version in versions}
        return {
            (version.rpartition("/")[0], each["name"])
            for version, answer in answers.items()
            # What an APIService says that somebody else serves is not there: 503.
            if answer.is_success
            for each in answer.json()["resources"]
        }

    def path(self, manifest: Mapping[str, Any]) -> str:
        """The object's path on the server. Raises LookupError where the server does not serve its kind."""
        version, kind, metadata = manifest["apiVersion"], manifest["kind"], manifest["metadata"]
        served = self._kind(version, kind)
        place = f"/namespaces/{metadata['namespace']}" if served["namespaced"] else ""
        return f"{_root(version)}{place}/{served['name']}/{metadata['name']}"

    def _kind(self, version: str, kind: str) -> dict[str, Any]:
        deadline = time.monotonic() + SERVED_WITHIN
        while (version, kind) not in self._kinds:
            answer = self.http.get(_root(version))
            for each in answer.json().get("resources", []):
                if "/" not in each["name"]:
                    self._kinds[version, each["kind"]] = each
            if (version, kind) not in self._kinds:
                # A kind of ours is served some time after its definition was taken.
                if time.monotonic() > deadline:
                    raise LookupError(f"the API server serves no {kind} in {version}")
                time.sleep(0.2)
        return self._kinds[version, kind]


def _root(version: str) -> str:
    return f"/apis/{version}" if "/" in version else f"/api/{version}"

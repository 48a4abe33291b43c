"""Check, diff, create, read, update and delete for one package, in plain Python values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sandbox.checks.problem import Problem, did_you_mean
from sandbox.checks.resource import ResourceCheck
from sandbox.cloud import AlreadyExists, Cloud, CloudObject, InjectedFault, NotFound
from sandbox.cloud.records import OperationName
from sandbox.computed.build import build, known_at_preview
from sandbox.computed.context import Making
from sandbox.kubernetes import custom
from sandbox.kubernetes.kinds import is_api_object, is_patch
from sandbox.provider import naming, vendors
from sandbox.provider.admission import Admission
from sandbox.provider.config import check_config
from sandbox.provider.diff import Difference, compare
from sandbox.provider.functions import FUNCTIONS
from sandbox.provider.immutable import immutable, without_suppressed
from sandbox.provider.perpetual import perpetual
from sandbox.provider.refusal import Refusal
from sandbox.schema.cache import Schemas
from sandbox.schema.model import Resource
from sandbox.vault import Vault
from sandbox.wire import as_secrets, plain

Values = dict[str, Any]
FORGIVING = ("kubernetes:", "sentry:", "docker:")
"""Providers for whom deleting what is gone is a success; Datadog's answers 404."""


class Lifecycle:
    """The life of the objects of one package."""

    def __init__(self, package: str, schemas: Schemas, cloud: Cloud, kubernetes_version: str) -> None:
        self.package = schemas.package(package)
        self._cloud = cloud
        self._vault = Vault(cloud.key)
        self._checks = ResourceCheck(self.package, kubernetes_version)
        self._admission = Admission(cloud)

    def check_config(self, news: Values) -> list[Problem]:
        """Problems of the provider's configuration."""
        return check_config(self.package, news)

    def call(self, token: str) -> Values:
        """What a function of the provider answers. Raises Refusal for those the sandbox does not have."""
        if token not in FUNCTIONS:
            raise Refusal(f"the sandbox has no function {token}: it needs the real provider")
        return FUNCTIONS[token](self._cloud)

    def check(
        self, token: str, urn: str, olds: Values, news: Values, *, seed: bytes, config: Mapping[str, Any]
    ) -> tuple[Values, list[Problem]]:
        """The inputs with what the provider adds to them, and all their problems."""
        resource = self._find_type(token)
        if resource is None:
            return news, [Problem("", f"no such resource type: {token}{did_you_mean(token, self.package.resources)}")]
        if token.startswith("kubernetes:") and custom.unsupported(token):
            return news, [Problem("", custom.unsupported(token))]
        inputs = as_secrets(news, resource.secrets)
        if is_api_object(token):
            if not is_patch(token):
                inputs = naming.with_name(_name(urn), olds, inputs, seed)
            if custom.lives_in_namespace(token):
                inputs = naming.with_namespace(config.get("namespace"), inputs)
        return inputs, self._checks.check(resource, inputs)

    def diff(self, token: str, old_inputs: Values, news: Values, config: Mapping[str, Any]) -> tuple[Difference, bool]:
        """What changed, and whether a replaced object must go before the new one comes."""
        fixed = immutable(self._type(token), old_inputs, news, config)
        difference = compare(without_suppressed(token, old_inputs), without_suppressed(token, news), fixed)
        again = {name: difference.changes.get(name, "update") for name in perpetual(token, news)}
        difference = replace(difference, changes={**difference.changes, **again})
        go_first = bool(difference.replaces) and is_api_object(token) and naming.must_go_first(old_inputs, news)
        return difference, go_first

    def create(self, token: str, urn: str, inputs: Values, *, preview: bool) -> tuple[str, Values]:
        """Make an object. Raises `Refusal`."""
        resource = self._type(token)
        inputs = as_secrets(inputs, resource.secrets)
        if preview:
            return "", known_at_preview(self._built(resource, inputs, 0, urn)[1], inputs)

        def concealed(sequence: int) -> tuple[str, Values]:
            id_, properties = self._built(resource, inputs, sequence, urn)
            return id_, self._vault.conceal(properties)

        with self._worded("create", token, "", urn):
            if resource.token not in self.package.resources and not self._admission.has_custom_kind(token):
                raise Refusal(f"no matches for kind: the cluster has no definition of {token.split(':', 1)[1]}")
            opened = plain(inputs)
            self._admission.admit(token, opened)
            key = self._admission.unique_key(token, opened)
            made = self._cloud.create(token, urn, self._vault.conceal(inputs), concealed, key)
        return made.id, self._built(resource, inputs, made.sequence, urn)[1]

    def read(
        self, token: str, id_: str, urn: str, state_inputs: Values, state: Values
    ) -> tuple[str, Values, Values] | None:
        """The object's id, inputs and properties as they are now, or None when it is gone."""
        resource = self._type(token)
        if token.startswith("sentry:"):
            id_ = id_.rsplit("/", 1)[-1]  # imports name the organisation too: "org/slug"
        found = self._cloud.read(token, id_, urn)
        if found is None:
            return None
        rebuilt = self._built(resource, found.inputs, found.sequence, found.urn)[1]
        inputs = self._vault.reveal(found.inputs, state_inputs, state)
        properties = self._vault.reveal(found.properties, state, state_inputs, rebuilt)
        return found.id, as_secrets(inputs, resource.secrets), as_secrets(properties, resource.secrets)

    def update(self, token: str, id_: str, urn: str, news: Values, *, preview: bool) -> Values:
        """Change an object. Raises `Refusal`."""
        resource = self._type(token)
        news = as_secrets(news, resource.secrets)
        if preview:
            found = self._cloud.find(token, id_)
            sequence, previous = (found.sequence, found.properties) if found else (0, None)
            return self._built(resource, news, sequence, urn, previous)[1]
        answer: Values = {}

        def edit(found: CloudObject) -> tuple[Values, Values]:
            answer.update(self._built(resource, news, found.sequence, urn, found.properties)[1])
            return self._vault.conceal(news), self._vault.conceal(answer)

        with self._worded("update", token, id_, urn):
            self._admission.admit(token, plain(news))
            self._cloud.update(token, id_, urn, edit)
        return answer

    def delete(self, token: str, id_: str, urn: str) -> None:
        """Remove an object and what goes with it. Raises `Refusal`."""
        if token.startswith(FORGIVING) and self._cloud.find(token, id_) is None:
            return
        with self._worded("delete", token, id_, urn):
            self._cloud.delete(token, id_, urn, self._admission.release(token, id_))

    @contextmanager
    def _worded(self, operation: OperationName, token: str, id_: str, urn: str) -> Iterator[None]:
        """Turns what the cloud raises into the vendor's words, and logs what is refused before it reaches the cloud."""
        try:
            yield
        except Refusal as error:
            self._cloud.log_refusal(operation, token, id_, urn, f"Refusal: {error}")
            raise
        except NotFound as error:
            raise Refusal(vendors.not_found(token, id_)) from error
        except AlreadyExists as error:
            raise Refusal(vendors.already_exists(token, str(error))) from error
        except InjectedFault as error:
            raise Refusal(vendors.injected(token, error.kind, str(error))) from error

    def _find_type(self, token: str) -> Resource | None:
        return self.package.resources.get(token) or custom.custom_type(token)

    def _type(self, token: str) -> Resource:
        resource = self._find_type(token)
        if resource is None:
            raise Refusal(f"no such resource type: {token}")
        return resource

    def _built(
        self, resource: Resource, inputs: Values, sequence: int, urn: str, previous: Mapping[str, Any] | None = None
    ) -> tuple[str, Values]:
        making = Making(self._cloud.seed, sequence, resource.token, _name(urn), previous)
        id_, properties = build(resource, inputs, making)
        return id_, as_secrets(properties, resource.secrets)


def _name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]

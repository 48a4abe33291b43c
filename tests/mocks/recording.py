"""One recording Mocks class: what a program declared, with secrets unwrapped but remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks

# How secrets travel (sdk/python/lib/pulumi/runtime/rpc.py).
_SIGNATURE = "4dabf18193072939515e22adb298388d"
RETENTION = "datadog:index/apmRetentionFilter:ApmRetentionFilter"
FILTERS_THERE = "datadog:index/getApmRetentionFiltersOrder:getApmRetentionFiltersOrder"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"


@dataclass(frozen=True)
class Declared:
    """One resource as it was declared."""

    type: str
    name: str
    inputs: dict[str, Any]
    secrets: frozenset[str]
    """Paths of the inputs that were secret."""
    provider: str
    """The provider's reference; empty for components and providers."""
    outputs: dict[str, Any]
    """What the mocks answered beside the inputs."""


@dataclass
class Recording(Mocks):
    """Answers every declaration with its inputs and an id, and keeps it."""

    declared: list[Declared] = field(default_factory=list)

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        secrets: set[str] = set()
        inputs, outputs = _unwrap(args.inputs, "", secrets), _computed(args)
        self.declared.append(Declared(args.typ, args.name, inputs, frozenset(secrets), args.provider or "", outputs))
        return f"id-of-{args.name}", {**inputs, **outputs}

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        if args.token == FILTERS_THERE:
            return {"id": "filtersOrderID", "filterIds": ["of-datadog", *self._ids(RETENTION)]}, []
        raise AssertionError(f"the program called {args.token}, which no test expects")

    def _ids(self, type_token: str) -> list[str]:
        return [f"id-of-{name}" for name in self.of_type(type_token)]

    def of_type(self, type_token: str) -> dict[str, Declared]:
        """Everything declared of one type, by logical name."""
        return {one.name: one for one in self.declared if one.type == type_token}

    def the(self, name: str) -> Declared:
        """The one resource of this logical name."""
        (found,) = [one for one in self.declared if one.name == name]
        return found


def declare(program: Callable[[], object], stack: str = "example") -> Recording:
    """Run a program under mocks to its end and return what it declared.

    This is the one way in for the tests here: `pulumi.runtime.test` waits for everything the program began, so that a
    failure inside `apply` fails the test that called it.
    """
    recording = Recording()
    # Mocks keep the root stack of the program before, and with it what that registered.
    pulumi.runtime.reset_options()
    pulumi.runtime.set_mocks(recording, project="genonaut-monitoring", stack=stack)

    @pulumi.runtime.test  # type: ignore[untyped-decorator]
    def run() -> None:
        program()

    run()
    return recording


_NUMBERED = ("sentry:index/sentryProject:SentryProject", "sentry:index/sentryTeam:SentryTeam")


def _computed(args: MockResourceArgs) -> dict[str, Any]:
    match args.typ:
        case "datadog:index/dashboardJson:DashboardJson":
            return {"url": f"/dashboard/{args.name}"}
        case "datadog:index/rumApplication:RumApplication":
            return {"clientToken": f"token-of-{args.name}"}
        case "docker:index/image:Image":
            return {"repoDigest": f"{args.inputs['imageName'].rpartition(':')[0]}@sha256:{'0' * 64}"}
        case "sentry:index/sentryKey:SentryKey":
            return {"dsnPublic": f"https://key@sentry.example/{args.name}"}
        case token if token in _NUMBERED or token.startswith("sentry-alerts:"):
            return {"internalId": _number(args.name)}
        case _:
            return {}


def _number(name: str) -> str:
    """A number of its own for each name."""
    return str(int.from_bytes(name.encode()) % 10**12)


def _unwrap(value: Any, path: str, secrets: set[str]) -> Any:
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == _SECRET:
            secrets.add(path)
            return _unwrap(value["value"], path, secrets)
        return {key: _unwrap(item, f"{path}.{key}".lstrip("."), secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [_unwrap(item, f"{path}[{index}]", secrets) for index, item in enumerate(value)]
    return value

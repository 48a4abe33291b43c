"""All checks of one resource: the SDK's description of its type first, then the vendor's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.checks import datadog, sentry
from sandbox.checks.inputs import InputCheck
from sandbox.checks.known import known, unknown_paths
from sandbox.checks.kubernetes import KubernetesCheck
from sandbox.checks.problem import Problem
from sandbox.kubernetes.kinds import is_api_object
from sandbox.paths import top_level
from sandbox.schema.model import Package, Resource

VENDOR_CHECKS = {**datadog.CHECKS, **sentry.CHECKS}


class ResourceCheck:
    """Checks the resources of one package."""

    def __init__(self, package: Package, kubernetes_version: str) -> None:
        self._inputs = InputCheck(package)
        self._kubernetes = KubernetesCheck(kubernetes_version)

    def check(self, resource: Resource, inputs: Mapping[str, Any]) -> list[Problem]:
        """All problems of the inputs, each told once; none quotes a secret or judges a value that is not known yet."""
        problems = self._inputs.check(resource.inputs, inputs)
        told = {problem.path for problem in problems} | set(unknown_paths(inputs))
        return problems + [
            problem for problem in self._vendor(resource.token, inputs, problems) if problem.path not in told
        ]

    def _vendor(self, token: str, inputs: Mapping[str, Any], problems: list[Problem]) -> Iterator[Problem]:
        if is_api_object(token):
            yield from self._kubernetes.check(token, known(inputs))
        elif token in VENDOR_CHECKS:
            # Converted to the API's body, a wrong property would be told a second time under another path.
            wrong = {top_level(problem.path) for problem in problems}
            found = VENDOR_CHECKS[token](known({name: value for name, value in inputs.items() if name not in wrong}))
            yield from (problem for problem in found if top_level(problem.path) not in wrong)

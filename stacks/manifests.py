"""Every Kubernetes object of a stack, as it is declared. Pure."""

from __future__ import annotations

from typing import Any

from components.agent.compile import compile_agent
from components.apm.tracing.compile import compile_tracing
from components.business.compile import compile_business
from components.databases.compile import compile_databases
from components.load_test.compile import compile_load_test
from components.rum.compile import compile_configs
from infra.naming import Mark
from stacks.specs import StackSpecs


def manifests(specs: StackSpecs, stack: str) -> dict[str, dict[str, Any]]:
    """Manifests by logical name, in the order in which they depend on one another.

    As the engine is given them: with the labels of our mark; secrets as `SecretStr` and `Generated` values.
    """
    mark = Mark(stack)
    compiled = {
        **compile_agent(specs.agent),
        **compile_databases(specs.databases),
        **compile_tracing(specs.tracing),
        **compile_configs(specs.rum),
    }
    if specs.business:
        compiled |= compile_business(specs.business)
    if specs.load_test:
        # The digest is known when the image is built.
        compiled |= compile_load_test(specs.load_test, f"{specs.load_test.repository}@sha256:{'0' * 64}")
    return {
        name: {**manifest, "metadata": mark.labelled(manifest["metadata"], name)} for name, manifest in compiled.items()
    }

"""What production made cannot be deleted by accident."""

from __future__ import annotations

from collections.abc import Iterator

from policy.rules.model import Parameter, Resource, Rule, Settings


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """A resource at a vendor that the engine would delete without being asked twice."""
    if resource.type.startswith(tuple(settings["packages"])) and not resource.protected:
        yield "options.protect: is not set; protect it, or delete it knowingly with `pulumi state unprotect` first"


RULE = Rule(
    name="protected",
    summary="What lives at a vendor or in the cluster is protected from deletion.",
    remedy="Set `genonaut-monitoring:protect: true`, or `protect=True` in the options of the resource.",
    check=check,
    parameters={
        "packages": Parameter(
            schema={"type": "array", "items": {"type": "string"}},
            default=["datadog:", "docker:", "kubernetes:", "sentry:", "sentry-alerts:"],
            meaning="how the types begin that have to be protected",
        ),
    },
)

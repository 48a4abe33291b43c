"""What holds for every resource of a stack: the mark that says whose it is, and protection from deletion."""

from __future__ import annotations

from typing import Any

import pulumi

from infra.naming import Environment, Mark


def register(environment: Environment, stack: str, *, protect: bool) -> None:
    """Mark every resource this program declares from now on as the stack's; protect what lives at a vendor.

    Uses the SDK's in-process transformations: they also run under mocks, and cost no call to the engine.
    """
    mark = Mark(stack)

    def transform(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        if not isinstance(args.resource, pulumi.CustomResource) or isinstance(args.resource, pulumi.ProviderResource):
            return None
        props = _marked(args.type_, args.name, dict(args.props), mark, environment)
        opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True)) if protect else args.opts
        return pulumi.ResourceTransformationResult(props, opts)

    pulumi.runtime.register_stack_transformation(transform)


def _marked(type_token: str, name: str, props: dict[str, Any], mark: Mark, environment: Environment) -> dict[str, Any]:
    if type_token.startswith("datadog:") and "tags" in props:
        props["tags"] = sorted({*(props["tags"] or ()), f"env:{environment}", *mark.tags(name)})
    elif type_token.startswith("kubernetes:"):
        props["metadata"] = mark.labelled(props.get("metadata") or {}, name)
    return props

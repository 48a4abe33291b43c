"""What holds for every resource of a stack: the mark that says whose it is, and what becomes of it in the end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pulumi

from infra.history import is_kept
from infra.naming import Environment, Mark


def register(environment: Environment, stack: str, *, protect: bool, untouched: Collection[str] = ()) -> None:
    """Mark every resource that this program declares from now on, and say what becomes of it in the end.

    What lives at a vendor is protected where the settings say so, and what holds history outlives the stack
    (infra/history.py). What has a logical name in `untouched` keeps the tags it has.

    Uses the SDK's in-process transformations: they also run under mocks, and cost no call to the engine.
    """
    mark = Mark(stack)

    def transform(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        if not isinstance(args.resource, pulumi.CustomResource) or isinstance(args.resource, pulumi.ProviderResource):
            return None
        props = dict(args.props)
        if args.name not in untouched:
            props = _marked(args.type_, args.name, props, mark, environment)
        common = pulumi.ResourceOptions(
            protect=True if protect else None,
            retain_on_delete=True if is_kept(args.type_, environment) else None,
        )
        return pulumi.ResourceTransformationResult(props, pulumi.ResourceOptions.merge(args.opts, common))

    pulumi.runtime.register_stack_transformation(transform)


TAGS_ARE_KEYS = frozenset({"datadog:index/metricTagConfiguration:MetricTagConfiguration"})
"""Types whose `tags` say which tags something else may have; they carry no mark."""


def _marked(type_token: str, name: str, props: dict[str, Any], mark: Mark, environment: Environment) -> dict[str, Any]:
    if type_token.startswith("datadog:") and type_token not in TAGS_ARE_KEYS and "tags" in props:
        props["tags"] = sorted({*(props["tags"] or ()), f"env:{environment}", *mark.tags(name)})
    elif type_token.startswith("kubernetes:"):
        props["metadata"] = mark.labelled(props.get("metadata") or {}, name)
    return props

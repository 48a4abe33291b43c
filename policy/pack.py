"""The rules as CrossGuard policies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pulumi_policy import (
    Policy,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UnknownValueError

from policy.rules import RULES
from policy.rules.model import UNKNOWN, AnyRule, Mend, Resource, Rule, StackRule, settings_of

NAME = "genonaut-monitoring"


def policies() -> list[Policy]:
    """Every rule, to be handed to a PolicyPack."""
    return [_of_resources(rule) if isinstance(rule, Rule) else _of_stacks(rule) for rule in RULES]


def _of_resources(rule: Rule) -> Policy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        resource = seen(args)
        for violation in rule.check(resource, settings_of(rule, args.get_config())):
            report(_message(resource, violation, rule), None)

    return ResourceValidationPolicy(
        name=rule.name,
        description=rule.summary,
        validate=validate,
        remediate=_remedy(rule.mend) if rule.mend else None,
        config_schema=_schema(rule),
        remediation_steps=rule.remedy,
    )


def _remedy(
    mend: Callable[[Resource], Mend | None],
) -> Callable[[ResourceValidationArgs], Mapping[str, Any] | None]:
    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        change = mend(seen(args))
        if change is None:
            return None
        # The library's own objects keep what is secret or unknown beside the change.
        holder: Any = args.props
        for key in change.path[:-1]:
            holder = holder[key]
        holder[change.path[-1]] = change.value
        mended: Mapping[str, Any] = args.props
        return mended

    return remediate


def _of_stacks(rule: StackRule) -> Policy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        resources = [seen(one) for one in args.resources]
        for resource, violation in rule.check(resources, settings_of(rule, args.get_config())):
            report(_message(resource, violation, rule), resource.urn)

    return StackValidationPolicy(
        name=rule.name,
        description=rule.summary,
        validate=validate,
        config_schema=_schema(rule),
        remediation_steps=rule.remedy,
    )


def seen(args: Any) -> Resource:
    """What a rule sees of what the library hands over."""
    return Resource(
        type=args.resource_type,
        name=args.name,
        urn=args.urn,
        properties=plain(args.props),
        protected=bool(args.opts.protect),
    )


def plain(value: Any) -> Any:
    """Values without the library's wrapping, which raises where one is not known yet: UNKNOWN stands for these."""
    if isinstance(value, Mapping):
        return {key: _known(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_known(value, index) for index in range(len(value))]
    return value


def _known(holder: Any, key: Any) -> Any:
    try:
        return plain(holder[key])
    except UnknownValueError:
        return UNKNOWN


def _message(resource: Resource, violation: str, rule: AnyRule) -> str:
    return f"{resource.name}: {violation}\n{rule.remedy}"


def _schema(rule: AnyRule) -> PolicyConfigSchema | None:
    if not rule.parameters:
        return None
    return PolicyConfigSchema(
        properties={
            name: {**one.schema, "default": one.default, "description": one.meaning}
            for name, one in rule.parameters.items()
        }
    )

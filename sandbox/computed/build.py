"""From inputs to an object's id and properties, by the vendor's rules where we know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.computed import datadog, docker, generic, helm, kubernetes, sentry
from sandbox.computed.context import Making
from sandbox.kubernetes.kinds import is_api_object
from sandbox.schema.model import Resource
from sandbox.wire import UNKNOWN, Secret

Properties = dict[str, Any]
Rule = Callable[[Mapping[str, Any], Making], tuple[str, Properties]]
"""From inputs to the id and the properties that differ from the generic ones."""

RULES: dict[str, Rule] = {**datadog.RULES, **sentry.RULES, **docker.RULES, **helm.RULES}


def build(resource: Resource, inputs: Mapping[str, Any], making: Making) -> tuple[str, Properties]:
    """An object's id and all its properties."""
    of_cluster = is_api_object(resource.token)
    rule = kubernetes.kubernetes_object if of_cluster else RULES.get(resource.token, _any)
    id_, special = rule(inputs, making)
    filled_in = {} if of_cluster else generic.outputs(resource, inputs, making)
    return id_, {**filled_in, **inputs, **special}


def known_at_preview(properties: Any, inputs: Any) -> Any:
    """The properties with everything unknown that was not in the inputs: what can be told before the object is made."""
    if isinstance(properties, Mapping) and isinstance(inputs, Mapping):
        return {name: known_at_preview(value, inputs.get(name)) for name, value in properties.items()}
    return properties if properties == inputs and inputs is not None else _unknown(properties)


def _unknown(value: Any) -> Any:
    return Secret(UNKNOWN) if isinstance(value, Secret) else UNKNOWN


def _any(_inputs: Mapping[str, Any], making: Making) -> tuple[str, Properties]:
    return making.uuid("id"), {}

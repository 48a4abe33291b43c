"""From sampling rules to the environment of tracers, one ConfigMap for each service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from components.apm.tracing.spec import SamplingRule, TracedService, TracingSpec
from components.manifests import PART_OF, named
from infra.problems import Problem

PROPAGATION = "datadog,tracecontext"
"""How services tell one another of a trace, and what the browser SDK sends. Not baggage, which anybody outside could
fill."""
_ROUTE = re.compile(r"([A-Z]+|\*) ?(/\S*|\*)")


def check(spec: TracingSpec) -> list[Problem]:
    """Everything that is wrong with the rules."""
    return [problem for service in spec.services for problem in _wrong(service)]


def compile_tracing(spec: TracingSpec) -> dict[str, dict[str, Any]]:
    """Manifests by logical name."""
    return {f"{service.key}-telemetry": _config_map(service, spec) for service in spec.services}


def sampling_rules(rules: tuple[SamplingRule, ...]) -> str:
    """The value of DD_TRACE_SAMPLING_RULES.

    https://docs.datadoghq.com/tracing/trace_pipeline/ingestion_mechanisms/#in-tracing-libraries-user-defined-rules
    """
    matching = [{} if rule.resource is None else {"resource": rule.resource} for rule in rules]
    return json.dumps([{**what, "sample_rate": rule.rate} for what, rule in zip(matching, rules, strict=True)])


def covers(wide: str, narrow: str) -> bool:
    """Whether a resource pattern matches everything that another one matches.

    True is certain. Two patterns that mean the same in different words may be told apart.
    """
    pattern = "".join({"*": ".*", "?": "[^*]"}.get(letter, re.escape(letter)) for letter in wide.lower())
    return re.fullmatch(pattern, narrow.lower(), re.DOTALL) is not None


def _config_map(service: TracedService, spec: TracingSpec) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": f"{service.service}-telemetry",
            "namespace": spec.namespace,
            "labels": {**named(service.service), **PART_OF},
        },
        # DD_VERSION is the deployment's own: the label tags.datadoghq.com/version says it.
        "data": {
            "DD_SERVICE": service.service,
            "DD_ENV": spec.environment.value,
            "DD_TRACE_SAMPLING_RULES": sampling_rules(service.rules),
            "DD_TRACE_RATE_LIMIT": str(service.most_per_second),
            "DD_TRACE_PROPAGATION_STYLE": PROPAGATION,
            "DD_LOGS_INJECTION": "true",
            "DD_PROFILING_ENABLED": "true" if service.profiled else "false",
            **spec.agent,
        },
    }


def _wrong(service: TracedService) -> Iterator[Problem]:
    where = f"traces.{service.key}"
    if service.most_per_second < 1:
        yield Problem(where, f"sends at most {service.most_per_second} traces a second", "at least 1")
    if not service.rules or service.rules[-1].resource is not None:
        yield Problem(where, "says nothing of the other traces", "end with a rule that has no resource")
    elif service.rules[-1].rate == 0:
        yield Problem(f"{where}.rules[{len(service.rules) - 1}]", "drops all other traces", "a rate above 0")
    for index, rule in enumerate(service.rules):
        yield from _wrong_rule(f"{where}.rules[{index}]", rule, service)
        if earlier := next((one for one in service.rules[:index] if _shadows(one, rule)), None):
            taken = f"{earlier.resource or 'a rule without a resource'} before it matches all of it"
            yield Problem(f"{where}.rules[{index}]", f"never decides: {taken}", "put the narrower rule first")


def _wrong_rule(where: str, rule: SamplingRule, service: TracedService) -> Iterator[Problem]:
    if not 0 <= rule.rate <= 1:
        yield Problem(where, f"has the rate {rule.rate:g}", "from 0 to 1")
    if rule.resource is None:
        return
    if not rule.resource:
        yield Problem(where, "matches no trace: its resource is empty", "leave the resource out for all others")
    elif service.answers_requests and not _ROUTE.fullmatch(rule.resource):
        yield Problem(where, f"{rule.resource!r} is no method and route", "such as GET /api/v1/tags")


def _shadows(earlier: SamplingRule, later: SamplingRule) -> bool:
    if earlier.resource is None:
        return True
    return covers(earlier.resource, "*" if later.resource is None else later.resource)

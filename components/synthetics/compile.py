"""From probes to the arguments of Datadog synthetic tests."""

from __future__ import annotations

import json
from typing import Any

from components.synthetics.spec import (
    Assertion,
    BrowserAction,
    BrowserStep,
    Certificate,
    FasterThan,
    Journey,
    JsonIs,
    JsonShape,
    ProbeSpec,
    ProbesSpec,
    Request,
    Single,
    StatusIs,
    Step,
    Visit,
)
from contract.query.text import number_text

JSON = {"Content-Type": "application/json"}


def compile_probe(spec: ProbeSpec, all_of_them: ProbesSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.SyntheticsTest` for this probe."""
    runbook = f"{all_of_them.runbook_base_url}/{spec.runbook}.md"
    return {
        "name": spec.title,
        "status": "live",
        # No handles: who is told follows from the tags, which the alert of a test takes over from it.
        "message": f"{{{{#is_alert}}}}\n{spec.meaning}\n{{{{/is_alert}}}}\n"
        f"{{{{#is_recovery}}}}\nRecovered.\n{{{{/is_recovery}}}}\nRunbook: {runbook}",
        "tags": [f"service:{spec.service}", f"team:{spec.owner}", f"tier:{spec.tier}"],
        "locations": list(spec.schedule.locations),
        "options_list": _options(spec, all_of_them),
        **_subject(spec),
    }


def _options(spec: ProbeSpec, all_of_them: ProbesSpec) -> dict[str, Any]:
    schedule, urgency = spec.schedule, all_of_them.urgency[spec.tier]
    options: dict[str, Any] = {
        "tick_every": schedule.every_seconds,
        "retry": {"count": schedule.retries, "interval": schedule.retry_interval_milliseconds},
        "min_location_failed": schedule.failing_locations,
        "min_failure_duration": schedule.failing_seconds,
        "monitor_name": spec.title,
        "monitor_priority": urgency.priority,
        # Zero is never; the API's own default.
        "monitor_options": {"renotify_interval": urgency.renotify_minutes or 0},
    }
    match spec.subject:
        case Certificate():
            options |= {"accept_self_signed": False, "check_certificate_revocation": True}
        case Single():
            options |= {"follow_redirects": False}
        case _:
            pass
    return options


def _subject(spec: ProbeSpec) -> dict[str, Any]:
    match spec.subject:
        case Single(request=request):
            return {"type": "api", "subtype": "http", **_request(request)}
        case Journey(steps=steps):
            return {"type": "api", "subtype": "multi", "api_steps": [_step(step) for step in steps]}
        case Certificate() as certificate:
            return {"type": "api", "subtype": "ssl", **_certificate(certificate)}
        case Visit(url=url, steps=browser_steps, devices=devices):
            return {
                "type": "browser",
                "request_definition": {"method": "GET", "url": url},
                "device_ids": list(devices),
                "browser_steps": [_browser_step(step) for step in browser_steps],
            }


def _request(request: Request) -> dict[str, Any]:
    definition: dict[str, Any] = {"method": request.method, "url": request.url}
    arguments: dict[str, Any] = {"assertions": [_assertion(each) for each in request.assertions]}
    if request.json is not None:
        definition |= {"body": request.json, "body_type": "application/json"}
        arguments |= {"request_headers": JSON}
    return {"request_definition": definition, **arguments}


def _step(step: Step) -> dict[str, Any]:
    taken = [
        {"name": name, "type": "http_body", "parser": {"type": "json_path", "value": path}}
        for name, path in step.takes.items()
    ]
    return {
        "name": step.name,
        "subtype": "http",
        **_request(step.request),
        **({"extracted_values": taken} if taken else {}),
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "request_definition": {"host": certificate.host, "port": str(certificate.port)},
        "assertions": [{"type": "certificate", "operator": "isInMoreThan", "target": str(certificate.days_left)}],
    }


def _browser_step(step: BrowserStep) -> dict[str, Any]:
    params: dict[str, Any] = {"value": step.value}
    if step.action is BrowserAction.URL_CONTAINS:
        params |= {"check": "contains"}
    elif step.action is BrowserAction.SCRIPT_IS_TRUE:
        params = {"code": step.value}
    return {"name": step.name, "type": step.action.value, "params": params}


def _assertion(assertion: Assertion) -> dict[str, Any]:
    match assertion:
        case StatusIs(code=code):
            return {"type": "statusCode", "operator": "is", "target": str(code)}
        case FasterThan(milliseconds=milliseconds):
            return {"type": "responseTime", "operator": "lessThan", "target": number_text(milliseconds)}
        case JsonIs(path=path, value=value):
            target = {"jsonpath": path, "operator": "is", "targetvalue": value}
            return {"type": "body", "operator": "validatesJSONPath", "targetjsonpath": target}
        case JsonShape(schema=schema):
            shape = {"jsonschema": json.dumps(schema, sort_keys=True), "metaschema": "draft-07"}
            return {"type": "body", "operator": "validatesJSONSchema", "targetjsonschema": shape}

"""No rule fails on properties of whatever shape: an engine shows a failure of a pack as a traceback."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policy.rules import RULES
from policy.rules.model import SECRET, UNKNOWN, Resource, Rule, settings_of
from tests.unit.policy.examples import DEPLOYMENT, DOWNTIME, MONITOR, MONITOR_JSON, ROUTING, TEST

TYPES = (
    MONITOR, MONITOR_JSON, ROUTING, DOWNTIME, TEST, DEPLOYMENT, "kubernetes:core/v1:ConfigMap",
    "kubernetes:core/v1:Secret", "kubernetes:batch/v1:CronJob", "sentry-alerts:index:Alert",
    "datadog:index/dashboardJson:DashboardJson", "datadog:index/logsIndex:LogsIndex",
    "datadog:index/apmRetentionFilter:ApmRetentionFilter",
)  # fmt: skip
KEYS = (
    "message", "tags", "assets", "priority", "monitor", "dashboard", "options", "filter", "scope", "monitorIdentifier",
    "monitorTags", "recipients", "conditionalRecipients", "conditions", "actionFilters", "actions", "type", "metadata",
    "labels", "name", "spec", "template", "jobTemplate", "containers", "volumes", "hostPath", "securityContext",
    "capabilities", "add", "resources", "args", "data", "query", "rate", "retentionDays", "dailyLimit", "value",
)  # fmt: skip
LEAVES = st.sampled_from([None, True, 5, 0.5, "", "text", "team:x", "@all", "[]", "{}", '{"tags": 5}', SECRET, UNKNOWN])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
)
PROPERTIES = st.dictionaries(st.sampled_from(KEYS), VALUES | VALUES.map(json.dumps), max_size=6)


def shaped(value: Any) -> dict[str, Any]:
    """What rules look for, with the same value wherever they arrive."""
    body = json.dumps({key: value for key in KEYS})
    pod = {
        "containers": [{key: value for key in KEYS}],
        "initContainers": [{"resources": {"limits": value}, "securityContext": {"capabilities": {"add": value}}}],
        "volumes": [{"hostPath": value}],
        "securityContext": value,
    }
    return {
        "monitor": body,
        "dashboard": body,
        "filter": {key: value for key in KEYS},
        "monitorIdentifier": {"monitorTags": value},
        "conditionalRecipients": {"conditions": [{"recipients": value}], "fallbackRecipients": value},
        "actionFilters": [{"actions": [{"type": value}]}],
        "optionsList": {"monitorOptions": value},
        "metadata": {"labels": value, "name": value},
        "data": {"file": value},
        "spec": {"template": {"spec": pod}},
    }


@settings(max_examples=150)
@given(st.sampled_from(TYPES), PROPERTIES | VALUES.map(shaped))
def test_any_properties_are_judged(type_: str, properties: dict[str, Any]) -> None:
    one = Resource(type=type_, name="one", urn="urn:of-one", properties=properties)
    for rule in RULES:
        if isinstance(rule, Rule):
            assert all(isinstance(said, str) for said in rule.check(one, settings_of(rule)))
            if rule.mend:
                rule.mend(one)
        else:
            assert list(rule.check([one], settings_of(rule))) == []

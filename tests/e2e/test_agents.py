"""The agents on the real engine: order, stability, and problems before anything is made."""

from __future__ import annotations

from tests.e2e.lab import Lab


def deleted(lab: Lab) -> list[str]:
    return [one.urn.rsplit("::", 1)[1] for one in lab.cloud.operations() if one.operation == "delete"]


def test_a_teardown_goes_from_the_api_server_s_questions_to_the_namespace(running: Lab) -> None:
    running.pulumi("destroy", "--yes", "--skip-preview")
    order = [name for name in deleted(running) if name.startswith("datadog-")]
    assert order.index("datadog-webhook") < order.index("datadog-cluster-agent")
    pods = max(order.index(name) for name in ("datadog-agent", "datadog-cluster-agent", "datadog-cluster-checks"))
    for name in ("datadog-cluster-agent-binding", "datadog-cluster-agent-service", "datadog-cluster-agent-token"):
        assert pods < order.index(name)
    in_namespace = [name for name in order if name != "datadog-agents"]
    assert in_namespace[-1] == "datadog-agent-namespace"


def test_the_token_stays_when_everything_around_it_changes(running: Lab) -> None:
    running.set("agents", {"nodes": 50, "nodeSize": {"cpu": "8", "memory": "32Gi"}, "injection": "service"})
    before = len(running.cloud.operations())
    running.up()
    changes = {
        one.urn.rsplit("::", 1)[1]
        for one in running.cloud.operations()[before:]
        if one.operation in {"update", "create"}
    }
    assert changes == {"datadog-agent", "datadog-cluster-agent"}
    assert running.changes() == {}


def test_all_that_cannot_work_is_said_before_anything_is_made(lab: Lab) -> None:
    lab.set(
        "agents",
        {
            "nodeSize": {"memory": "1Gi"},
            "tolerations": [{"effect": "NoSchedule"}],
            "pools": [{"name": "small", "label": "pool", "value": "a"}, {"name": "small", "label": "x", "value": "b"}],
        },
    )
    refused = lab.up(check=False)
    assert refused.returncode != 0
    said = refused.stdout + refused.stderr
    for where in ("agents.nodeSize.memory", "agents.tolerations.0", "agents.pools: 2 pools", "agents.pools: are told"):
        assert where in said
    assert "Traceback" not in said
    assert lab.cloud.objects() == []

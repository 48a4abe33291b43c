"""The agents as resources."""

from __future__ import annotations

import pulumi

from components.agent.compile import compile_agent
from components.agent.spec import AgentSpec
from infra import kubernetes


class NodeAgent(pulumi.ComponentResource):
    """The agent on every node, and all it needs."""

    def __init__(self, name: str, spec: AgentSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:agent:NodeAgent", name, None, opts)
        declared: list[pulumi.Resource] = []
        for logical_name, manifest in compile_agent(spec).items():
            # Each waits for those before it, so that tearing down runs the other way round, the namespace last.
            opts_here = pulumi.ResourceOptions(parent=self, depends_on=declared)
            declared = [*declared, kubernetes.declare(logical_name, manifest, opts_here)]
        self.register_outputs({})

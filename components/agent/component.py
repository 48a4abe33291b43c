"""The agents as resources."""

from __future__ import annotations

from itertools import groupby

import pulumi

from components.agent.check import notices
from components.agent.compile import compile_agent, stage
from components.agent.spec import AgentSpec
from infra import kubernetes


class Agents(pulumi.ComponentResource):
    """The agents of a cluster, and all they need."""

    def __init__(self, name: str, spec: AgentSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        before_the_cluster_agent = pulumi.Alias(name="node-agent", type_="monitoring:agent:NodeAgent")
        own = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(aliases=[before_the_cluster_agent]))
        super().__init__("monitoring:agent:Agents", name, None, own)
        for notice in notices(spec):
            pulumi.log.warn(str(notice), self)
        before: list[pulumi.Resource] = []
        for _, members in groupby(compile_agent(spec).items(), key=lambda item: stage(item[1])):
            child = pulumi.ResourceOptions(parent=self, depends_on=before)
            before = [kubernetes.declare(logical_name, manifest, child) for logical_name, manifest in members]
        self.register_outputs({})

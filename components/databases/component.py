"""What the databases need in the cluster, as resources."""

from __future__ import annotations

import pulumi

from components.databases.compile import compile_databases
from components.databases.spec import DatabasesSpec
from infra import kubernetes


class DatabaseMonitoring(pulumi.ComponentResource):
    """The monitoring user of PostgreSQL: its password, and the job that makes it.

    The engine waits for the job, so that a database that cannot be watched fails the run and says why.
    """

    def __init__(self, name: str, spec: DatabasesSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:databases:DatabaseMonitoring", name, None, opts)
        declared: list[pulumi.Resource] = []
        for logical_name, manifest in compile_databases(spec).items():
            opts_here = pulumi.ResourceOptions(parent=self, depends_on=declared)
            declared = [*declared, kubernetes.declare(logical_name, manifest, opts_here)]
        self.register_outputs({})

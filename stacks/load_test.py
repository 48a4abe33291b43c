"""From settings and catalog to the spec of the load test. Pure."""

from __future__ import annotations

from components.agent.permissions.accounts import Account
from components.load_test.spec import LoadTestSpec
from infra.settings import Settings
from stacks.catalog.infrastructure import LOAD_TEST
from stacks.catalog.load import LoadPlan, baseline


def load_test(settings: Settings, plan: LoadPlan) -> LoadTestSpec | None:
    """The load test of a stack; None where its settings name no image."""
    given = settings.load_test
    if given.repository is None:
        return None
    return LoadTestSpec(
        environment=settings.environment,
        namespace=settings.workloads.namespace,
        service=LOAD_TEST,
        repository=given.repository,
        target=given.target or f"http://genonaut-api.{settings.workloads.namespace}.svc:8001",
        statsd_host=f"{Account.NODE}.{settings.kubernetes.namespace}.svc",
        scenario=plan.scenario,
        users=plan.users,
        minutes=plan.minutes,
        schedule=plan.schedule,
        baseline=baseline(settings.environment),
    )

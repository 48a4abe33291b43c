"""What the contract says of databases is what our instances of the checks send."""

from __future__ import annotations

from typing import Any

import pytest

from contract.telemetry import METRICS, Source
from infra.naming import Environment
from stacks.world import CHECKS
from tests.unit.stacks.test_catalog import specs_of

configured = pytest.importorskip("components.databases.checks", reason="no databases are watched in this tree")

SOURCES = {"postgres": Source.POSTGRES, "redisdb": Source.REDIS, "celery": Source.CELERY}


def instance(check: str) -> dict[str, Any]:
    specs: Any = specs_of(Environment.PRODUCTION)
    (found,) = (one for one in configured.checks(specs.databases) if one.check == check)
    return dict(found.instances[0])


@pytest.mark.parametrize("check", SOURCES)
def test_environment_and_service_are_said_in_the_instance(check: str) -> None:
    said = dict(tag.split(":", 1) for tag in instance(check)["tags"])
    here = specs_of(Environment.PRODUCTION).world
    assert said["env"] == here.environment
    for metric in METRICS.values():
        if metric.source is SOURCES[check]:
            service = metric.tag("service")
            assert metric.tag("env")
            assert service
            assert frozenset({said["service"]}) == here.possible("service", service.doing)


def test_a_check_that_is_taken_away_is_missed() -> None:
    """Add the three to `stacks.world.CHECKS` together with their configuration."""
    assert CHECKS.keys() >= set(SOURCES.values())


def test_postgres_sends_what_its_options_ask_for() -> None:
    given = instance("postgres")
    assert given["dbm"]
    assert given["relations"]
    assert given["collect_activity_metrics"]
    assert not given.get("collect_bloat_metrics")
    assert "postgresql.table_bloat" not in METRICS
    assert given["disable_generic_tags"]
    assert METRICS["postgresql.connections"].tag("server") is None


def test_postgres_sends_the_columns_of_its_own_query() -> None:
    (query,) = instance("postgres")["custom_queries"]
    sent = {f"{query['metric_prefix']}.{column['name']}" for column in query["columns"] if column["type"] != "tag"}
    assert sent == {name for name in METRICS if name.startswith("genonaut.postgres.")}


def test_redis_measures_the_queues_that_alerts_ask_for() -> None:
    key = METRICS["redis.key.length"].tag("key")
    assert key
    assert key.values == frozenset(instance("redisdb")["keys"])

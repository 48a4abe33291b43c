"""What recovery finds of probes: the tests of its own stack, and not the alerts that come and go with them."""

from __future__ import annotations

from infra.naming import Mark
from sandbox.cloud import Cloud
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from tests.examples import settings
from tests.unit.sandbox import examples as ex
from tools.recover.inventory.datadog import inventory


def test_a_probe_is_found_once_and_removed_with_its_alert(address: str, schemas: Schemas, cloud: Cloud) -> None:
    life = Lifecycle("datadog", schemas, cloud, "1.34")
    ids = {
        stack: life.create(
            ex.PROBE, ex.urn(ex.PROBE, stack), ex.probe(tags=Mark(stack).tags("api-probe-health")), preview=False
        )[0]
        for stack in ("production", "staging")
    }
    (found,) = inventory(settings(), Mark("production"), f"{address}/datadog")
    assert (found.type, found.id, found.identity) == (ex.PROBE, ids["production"], "api-probe-health")
    assert found.delete is not None
    found.delete()
    assert [each.id for each in cloud.objects(ex.PROBE)] == [ids["staging"]]

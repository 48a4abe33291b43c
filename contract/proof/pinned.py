"""Whether an alert or an objective keeps to its environment.

Several environments may share one Datadog organisation: a query that names neither its environment nor its cluster
hears of all of them, and a load test in staging wakes somebody for production.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract.proof import values
from contract.query import MetricSelection
from contract.query.check import ServiceCheckMonitor
from contract.query.search import Attribute, Phrase, Term
from contract.query.tree import And
from contract.telemetry import CHECKS, EVENT_SOURCES, METRICS, Source
from contract.world import CLUSTER_KEYS, World

_KEYS = CLUSTER_KEYS | {"env"}


def prove_pinned(selection: MetricSelection, world: World) -> Iterator[str]:
    """A finding where a metric query reads other environments too."""
    metric = METRICS.get(selection.metric)
    # What is used is used by the whole organisation.
    if metric is None or metric.source is Source.USAGE:
        return
    required = {key for key, _, negated in values.required(selection) if not negated}
    yield from _finding(metric.name, metric.keys, required, world)


def prove_pinned_check(monitor: ServiceCheckMonitor, world: World) -> Iterator[str]:
    """A finding where a service check monitor listens to other environments too."""
    check = CHECKS.get(monitor.check)
    if check is not None:
        required = {condition.partition(":")[0] for condition in monitor.over}
        yield from _finding(check.name, frozenset(tag.key for tag in check.tags), required, world)


def prove_pinned_search(source: str, search: object, world: World) -> Iterator[str]:
    """A finding where a search finds events of other environments too."""
    stream = EVENT_SOURCES.get(source)
    if stream is not None:
        yield from _finding(source, frozenset(facet.name for facet in stream.facets), set(_required(search)), world)


def _required(search: Any) -> Iterator[str]:
    match search:
        case And(operands=operands):
            for operand in operands:
                yield from _required(operand)
        case Attribute(name=name, value=Term() | Phrase()):
            yield name
        case _:
            pass


def _finding(what: str, carried: frozenset[str], required: set[str], world: World) -> Iterator[str]:
    keys = carried & _KEYS
    if keys and not required & keys:
        value = f"env:{world.environment}" if "env" in keys else f"kube_cluster_name:{world.cluster}"
        yield f"{what} is read of all environments: add {value}"

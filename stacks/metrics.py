"""From settings and catalog to the spec of our own distributions. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from components.metrics.spec import DistributionsSpec
from components.monitors.compile import monitor_type, query
from components.monitors.spec import MonitorSpec
from components.slos.spec import Events, SloSpec
from contract.query import QueryError, parse_metric, parse_monitor, selections
from contract.query.vocabulary import is_percentile
from contract.telemetry import METRICS, MetricType, Source
from infra.settings import Settings

SENDERS: Mapping[Source, str] = {Source.APPLICATION: "application", Source.LOAD_TEST: "loadTest"}
"""Who sends distributions of our own, by the name in the settings. Of its own, Datadog has percentiles anyway."""


def distributions(settings: Settings, monitors: Iterable[MonitorSpec], slos: Iterable[SloSpec]) -> DistributionsSpec:
    """The distributions of our own code, and who reads their percentiles."""
    ours = [one for one in METRICS.values() if one.type is MetricType.DISTRIBUTION and one.source in SENDERS]
    there = settings.datadog.percentiles
    readers: defaultdict[str, list[str]] = defaultdict(list)
    for key, tree in _queries(monitors, slos):
        for one in selections(tree):
            # Datadog answers both from the sketches that it keeps where percentiles are on.
            if (is_percentile(one.space_aggregator or "") or one.value_filter) and key not in readers[one.metric]:
                readers[one.metric].append(key)
    return DistributionsSpec(
        arriving=tuple(one for one in ours if SENDERS[one.source] in there),
        expected=tuple(one for one in ours if SENDERS[one.source] not in there),
        readers={name: tuple(keys) for name, keys in readers.items()},
    )


def _queries(monitors: Iterable[MonitorSpec], slos: Iterable[SloSpec]) -> Iterator[tuple[str, object]]:
    """Every query that can be read; the proof tells of the others."""
    for monitor in monitors:
        with suppress(QueryError):
            yield monitor.key, parse_monitor(monitor_type(monitor.condition), query(monitor.condition))
    for slo in slos:
        for text in (slo.sli.bad, slo.sli.total) if isinstance(slo.sli, Events) else (slo.sli.query,):
            with suppress(QueryError):
                yield slo.key, parse_metric(text)

"""One metric query over time: what the contract says of the metric decides what its values look like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from contract.proof.values import required
from contract.query import MetricSelection
from contract.query.metric import Modifier
from contract.query.tree import TemplateVariable, walk
from contract.telemetry import METRICS, Facet, Metric, MetricType, Source, Tag
from pictures.clock import HOUR, Clock, Values
from pictures.synthetic import chance, levels
from pictures.synthetic.lines import Line, Lines
from pictures.synthetic.tags import ABSENT, Known, belonging

Conditions = dict[str, tuple[str, ...]]
"""By tag key: the values that all events of a line have."""

_SPREAD = 0.78
"""The width of how long things take: the 95th percentile is 3.6 times the median, the 99th 6."""
_MOST_LINES = 24
_RANKS = {"avg": None, "max": 0.9995, "min": 0.002}
_FACTORS = {"max": 1.12, "min": 0.9}
_SPREADING = frozenset({"host", "node", "pod_name", "kube_container_name", "container_name", "worker", "table"})
"""Keys by which gauges come in several series; summed up where a query does not group by them."""
_SIZED = frozenset({"table", "index", "persistentvolumeclaim"})
"""Keys of things of very different sizes."""
_MANY = frozenset(
    {Source.APPLICATION, Source.KUBELET, Source.CONTAINER, Source.HOST, Source.KUBE_STATE, Source.AGENT, Source.CELERY}
)
"""Who sends the same gauge from several places."""
_PODS, _NODES = 3, 4
_COUNTED = (None, "connection", "task", "key", "lock", "user")
"""Units of things that there are only whole ones of; of few of them, an average has digits after the point."""
_FEW = 1.5
_CALENDAR = {"daily": 24 * HOUR, "weekly": 7 * 24 * HOUR, "monthly": 30 * 24 * HOUR}
_IDENTITY = ("env", "kube_cluster_name", "cluster_name", "service")
"""Keys that narrow down first: what has one more condition is a part of what has not."""


def select(query: MetricSelection, clock: Clock, known: Known) -> Lines:
    """The lines of one selection, one per group."""
    metric, known = METRICS[query.metric], known.of(query.metric)
    clock = _rolled_up(query.modifiers, clock)
    conditions = _conditions(query, known)
    return [
        Line(
            tags, _values(metric, query, clock, known, {**conditions, **{key: (value,) for key, value in tags.items()}})
        )
        for tags in groups(query.group_by, metric, conditions, known)
    ]


def groups(keys: Iterable[str], metric: Metric, conditions: Conditions, known: Known) -> list[dict[str, str]]:
    """The groups there are, as tags; one without tags where nothing is grouped by."""
    found: list[dict[str, str]] = [{}]
    services = conditions.get("service", ())
    for key in keys:
        values = _wanted(known.values(key, metric.tag(key)), conditions.get(key))
        found = [
            {**tags, key: value}
            for tags in found
            for value in belonging(key, values, tags.get("service") or (services[0] if len(services) == 1 else None))
        ]
    return found[:_MOST_LINES]


def counted(  # noqa: PLR0917 -- what is counted, then when and with which tags
    name: str,
    part: levels.Part,
    conditions: Conditions,
    clock: Clock,
    known: Known,
    tag: Callable[[str], Tag | Facet | None],
) -> Values:
    """How many events there are from point to point.

    First all of the family, then at each condition a random share of them, at last the part that is asked for: a part
    is never more than its whole.
    """
    busy = np.ones(clock.count) if part.family in levels.STEADY else chance.traffic(clock.times)
    found = chance.random(part.family, clock).poisson(part.volume * busy * clock.step)
    order = sorted(conditions, key=lambda key: (_IDENTITY.index(key) if key in _IDENTITY else len(_IDENTITY), key))
    said: list[object] = [part.family, clock]
    for key in order:
        share = known.share(key, conditions[key], tag(key), bad=part.bad)
        said += [key, *conditions[key]]
        found = chance.random(*said).binomial(found, min(share, 1.0))
    if part.share < 1:
        factor = 1 + 5 * chance.incident(clock.times) if part.bad else 1.0
        likely = np.clip(part.share * factor * np.ones(clock.count), 0, 1)
        found = chance.random(*said, name).binomial(found, likely)
    return found.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A distribution: its median over time, in its own unit, and its highest possible value."""

    median: Values
    highest: float = np.inf

    def quantile(self, rank: float) -> Values:
        """The value below which this share of all values is."""
        found: Values = np.minimum(self.median * np.exp(_SPREAD * NormalDist().inv_cdf(rank)), self.highest)
        return found

    def mean(self) -> Values:
        """The average."""
        found: Values = np.minimum(self.median * np.exp(_SPREAD**2 / 2), self.highest)
        return found


def sketch(name: str, middle: float, conditions: Conditions, clock: Clock, highest: float) -> Sketch:
    """The distribution of what has these tags."""
    words = _words(conditions)
    factor = 0.75 + 0.5 * chance.share(name, words) if words else 1.0
    slow = 1 + 0.22 * (chance.traffic(clock.times) - 1) + 1.1 * chance.incident(clock.times)
    return Sketch(middle * factor * slow * np.exp(0.07 * chance.wander(clock, name, words)), highest)


def aggregated(found: Sketch, aggregator: str) -> Values:
    """What `p95`, `avg`, `max` ... of a distribution is."""
    if aggregator in _RANKS:
        rank = _RANKS[aggregator]
        return found.mean() if rank is None else found.quantile(rank)
    return found.quantile(min(max(float(aggregator.removeprefix("p")) / 100, 0.001), 0.9999))


def _values(metric: Metric, query: MetricSelection, clock: Clock, known: Known, conditions: Conditions) -> Values:
    aggregator = query.space_aggregator or "avg"
    if metric.type in (MetricType.COUNT, MetricType.RATE):
        found = counted(metric.name, levels.part_of(metric.name), conditions, clock, known, metric.tag)
        per_second = metric.type is MetricType.RATE or any(each.name == "as_rate" for each in query.modifiers)
        return found / clock.step if per_second else found
    if metric.type is MetricType.DISTRIBUTION:
        found_sketch = sketch(metric.name, levels.middle_of(metric), conditions, clock, metric.highest)
        if aggregator not in ("count", "sum"):
            return aggregated(found_sketch, aggregator)
        number = counted(metric.name, levels.part_of(metric.name), conditions, clock, known, metric.tag)
        return number if aggregator == "count" else number * found_sketch.mean()
    return _gauge(metric, aggregator, clock, conditions, query.group_by)


def _gauge(metric: Metric, aggregator: str, clock: Clock, conditions: Conditions, keys: tuple[str, ...]) -> Values:
    level, words = levels.level_of(metric), _words(conditions)
    if levels.is_rare(metric):
        mean = 0.004 + 0.9 * chance.incident(clock.times) * (chance.share(metric.name, words) > 0.6)  # noqa: PLR2004
        return np.minimum(chance.random(metric.name, words, clock).poisson(mean).astype(np.float64), metric.highest)
    if levels.is_fixed(metric):
        absent = any(f"{key}:{value}" in ABSENT for key, values in conditions.items() for value in values)
        factor = 0.3 + 1.4 * chance.share(metric.name, words) if words and _SIZED & set(keys) else 1.0
        found = np.full(clock.count, 0.0 if absent else level * factor)
    else:
        spread = 0.3 if np.isfinite(metric.highest) else 0.6
        factor = 1 + spread * (chance.share(metric.name, words) - 0.5) if words else 1.0
        wave = 1 + 0.16 * (chance.traffic(clock.times) - 1)
        if levels.suffers(metric):
            wave = wave + 1.4 * chance.incident(clock.times)
        found = level * factor * wave * np.exp(0.05 * chance.wander(clock, metric.name, words))
        whole = metric.unit in _COUNTED and level > _FEW and "load" not in metric.name
        found = np.round(found) if whole else found
        found = found * _FACTORS.get(aggregator, 1.0)
    if aggregator == "sum" and metric.source in _MANY and metric.keys & _SPREADING and not _SPREADING & set(keys):
        return found * (_PODS if "pod_name" in metric.keys else _NODES)
    bounded: Values = np.minimum(found, metric.highest)
    return bounded


def _conditions(query: MetricSelection, known: Known) -> Conditions:
    """What every series of the selection has: key and values. Variables stand for what they are set to."""
    found = {key: values for key, values, negated in required(query) if not negated}
    for node, _ in walk(query.scope):
        if isinstance(node, TemplateVariable) and node.name in known.variables:
            key, value = known.variables[node.name]
            found[key] = (value,)
    resolved = {key: tuple(known.resolved(value) for value in values) for key, values in found.items()}
    return {key: values for key, values in resolved.items() if values != ("*",)}


def _wanted(values: tuple[str, ...], wanted: tuple[str, ...] | None) -> tuple[str, ...]:
    if wanted is None:
        return values
    plain = tuple(each for each in wanted if "*" not in each)
    heads = tuple(each.split("*")[0] for each in wanted if "*" in each)
    return (*plain, *(value for value in values if heads and value.startswith(heads) and value not in plain)) or values


def _rolled_up(modifiers: Iterable[Modifier], clock: Clock) -> Clock:
    for modifier in modifiers:
        if modifier.name == "rollup":
            seconds = [_CALENDAR.get(str(each), each) for each in modifier.arguments]
            return clock.rolled_up(next((int(each) for each in seconds if isinstance(each, int | float)), clock.step))
    return clock


def _words(conditions: Conditions) -> str:
    """What tells one series from another; the environment and the cluster do not."""
    return " ".join(f"{key}:{','.join(conditions[key])}" for key in sorted(conditions) if key not in _IDENTITY[:3])

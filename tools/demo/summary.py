"""What has arrived so far, in a few lines."""

from __future__ import annotations

from collections import Counter

from contract.telemetry import METRICS, Source
from tools.demo.system import System
from tools.servers.prometheus import query


def summary(running: System) -> str:
    """What each receiver has."""
    receivers = running.receivers
    samples = receivers.metrics.samples()
    declared = {name for name, metric in METRICS.items() if metric.source is Source.APPLICATION}
    names = {sample.name for sample in samples}
    spans = Counter(span.name for span in receivers.traces.spans())
    items = Counter(item.type for item in receivers.errors.items)
    lines = [line for process in ("api", "worker", "beat") for line in running.log(process).splitlines()]
    up = sum(1 for series in query(running.prometheus, "up == 1"))
    return "\n".join(
        [
            f"DogStatsD   {len(samples)} samples of {len(names & declared)} of the contract's {len(declared)} metrics; "
            "the others tell of what has not happened yet",
            f"traces      {sum(spans.values())} spans: {_most(spans)}",
            f"Sentry      {_most(items) or 'nothing'}",
            f"Prometheus  {up} targets up",
            f"logs        {len(lines)} lines, {sum('dd.trace_id' in line for line in lines)} of which name their trace",
        ]
    )


def _most(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common(6))

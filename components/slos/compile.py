"""From objectives to the arguments of Datadog SLOs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from components.slos.spec import SloSpec
from contract.proof import prove_slo
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem


def check(specs: Iterable[SloSpec], world: World) -> list[Problem]:
    """Everything that is wrong with these objectives in this environment."""
    return [Problem(f"slos.{spec.key}", what, hint) for spec in specs for what, hint in _wrong(spec, world)]


def compile_slo(spec: SloSpec) -> dict[str, Any]:
    """The arguments of `pulumi_datadog.ServiceLevelObjective` for this objective."""
    return {
        "name": spec.title,
        "type": "metric",
        "description": spec.description,
        "query": {"numerator": spec.good, "denominator": spec.total},
        "thresholds": [{"timeframe": spec.timeframe, "target": spec.target, "warning": spec.warning}],
        "timeframe": spec.timeframe,
        "target_threshold": spec.target,
        "warning_threshold": spec.warning,
        "tags": [f"service:{spec.service}", f"team:{spec.owner}"],
        # Checked here, before anything is declared; the provider would ask the API at every preview.
        "validate": False,
    }


def _wrong(spec: SloSpec, world: World) -> Iterator[tuple[str, str]]:
    if not is_logical_name(spec.key):
        yield "is not a usable key", "lower case letters, digits and hyphens, at most 63"
    if not 0 < spec.target < spec.warning < 100:  # noqa: PLR2004 (percent)
        yield f"target {spec.target:g} and warning {spec.warning:g} do not fit", "0 < target < warning < 100"
    for finding in prove_slo(spec.good, spec.total, world):
        yield finding, "see contract/"

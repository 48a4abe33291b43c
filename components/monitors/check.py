"""Everything that is wrong with the alerts of a stack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from components.monitors import causes
from components.monitors.compile import AFTERMATH_SUFFIX, compile_composite, compile_monitor, monitor_type, query
from components.monitors.lint import RULES, Finding, Judged
from components.monitors.spec import MonitorSpec, TierSpec
from contract.proof import prove_monitor
from contract.query import QueryError, parse_monitor
from contract.world import World
from infra.naming import is_logical_name
from infra.problems import Problem


def check(tiers: Sequence[TierSpec], world: World) -> list[Problem]:
    """All problems of all alerts in this environment at once. The most urgent tier comes first."""
    counts = Counter(monitor.key for tier in tiers for monitor in tier.monitors)
    problems = [
        Problem(_where(key), f"{n} alerts have this key", "keys are unique") for key, n in counts.items() if n > 1
    ]
    judged: list[Judged] = []
    for tier in tiers:
        for monitor in tier.monitors:
            problems += [Problem(_where(monitor.key), *found) for found in _wrong(monitor, tier, world)]
            if (one := _judged(monitor, tier)) is not None:
                judged.append(one)
                problems += [_problem(monitor.key, found) for rule in RULES for found in rule(one)]
    return [*problems, *(_problem(key, found) for key, found in causes.findings(judged))]


def _where(key: str) -> str:
    return f"monitors.{key}"


def _problem(key: str, finding: Finding) -> Problem:
    field, what, hint = finding
    return Problem(f"{_where(key)}.{field}", what, hint)


def _wrong(spec: MonitorSpec, tier: TierSpec, world: World) -> Iterator[tuple[str, str]]:
    if not is_logical_name(f"{spec.key}{AFTERMATH_SUFFIX}"):
        yield "is not a usable key", f"lower case letters, digits and hyphens, with `{AFTERMATH_SUFFIX}` at most 63"
    for finding in prove_monitor(*_query(spec, tier), world):
        yield finding, "see contract/"


def _judged(spec: MonitorSpec, tier: TierSpec) -> Judged | None:
    """The alert for the rules; None where its query cannot be read, which the proof says."""
    try:
        tree = parse_monitor(*_query(spec, tier))
    except QueryError:
        return None
    return Judged(
        spec=spec,
        tier=tier,
        arguments=compile_monitor(spec, tier),
        composite=compile_composite(spec, tier) if spec.unless else None,
        tree=tree,
    )


def _query(spec: MonitorSpec, tier: TierSpec) -> tuple[str, str, dict[str, object]]:
    """Type, query and options, as the API has them."""
    arguments = compile_monitor(spec, tier)
    options = {"thresholds": arguments["monitor_thresholds"]}
    if "monitor_threshold_windows" in arguments:
        options["threshold_windows"] = arguments["monitor_threshold_windows"]
    if "scheduling_options" in arguments:
        options["scheduling_options"] = arguments["scheduling_options"]
    return monitor_type(spec.condition), query(spec.condition), options

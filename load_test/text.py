"""Comparisons and capacities in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from load_test.compare import Finding, Verdict, regressed
from load_test.shapes import Break, Capacity

_WORST_FIRST = (Verdict.MISSING, Verdict.REGRESSION, Verdict.TOO_FEW, Verdict.FASTER, Verdict.PASS)


def comparison(findings: Sequence[Finding]) -> str:
    """A table of what was compared, what is worse first, and the verdict as its last line."""
    rows = sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.verdict))
    lines = [f"{'endpoint':<18}{'what':<10}{'before':>10}{'now':>10}{'change':>9}{'allowed':>10}  verdict"]
    lines += [
        f"{row.endpoint:<18}{row.what:<10}{_value(row, row.before):>10}{_value(row, row.after):>10}"
        f"{_change(row):>9}{_value(row, row.allowed):>10}  {row.verdict}"
        for row in rows
    ]
    worse = [row for row in rows if row.verdict in {Verdict.REGRESSION, Verdict.MISSING}]
    if not regressed(list(findings)):
        lines.append("PASS: nothing is slower, or fails more often, than chance explains")
    else:
        lines.append(f"REGRESSION: {', '.join(f'{row.endpoint} {row.what}' for row in worse)}")
    return "\n".join(lines)


def _value(row: Finding, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.2%}" if row.what == "failures" else f"{value * 1000:.1f} ms"


def _change(row: Finding) -> str:
    return "-" if row.after is None or row.what == "failures" else f"{row.change:+.0%}"


def report(found: Capacity) -> str:
    """What the capacity is, in sentences."""
    law = found.law
    busiest = max(found.runs, key=lambda run: run.throughput)
    lines = [f"{'users':>7}{'requests/s':>12}{'by the law':>12}"]
    lines += [f"{run.users:>7}{run.throughput:>12.1f}{law.throughput(run.users):>12.1f}" for run in found.runs]
    lines.append(
        f"Fitted: {law.alone:.1f} requests/s for one user alone, contention {law.contention:.3f}, "
        f"coherency {law.coherency:.5f} (explains {law.explained:.0%} of the variation)."
    )
    lines.append(f"Highest measured: {busiest.throughput:.1f} requests/s with {busiest.users} users.")
    lines.append(
        f"By the law, throughput is highest with {law.peak:.0f} users: {law.throughput(law.peak):.1f} requests/s."
        if law.peak is not None
        else "By the law, throughput only levels off: more users never make it fall."
    )
    lines += [_break(one, found.runs[-1].users) for one in found.breaks]
    return "\n".join(lines)


def _break(one: Break, most: int) -> str:
    if one.users is None:
        return f"{one.objective}: holds up to the {most} users that were tried."
    return f"{one.objective}: breaks at about {one.users:.0f} users, {one.throughput:.1f} requests/s."

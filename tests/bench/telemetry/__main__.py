"""`python -m tests.bench.telemetry`: prints what our telemetry costs beside what one would write by hand.

The least of five rounds, with twenty requests at a time; ratios are medians of the rounds, with the least and greatest.

The vendors are one process beside it that takes everything and answers at once: sending is part of the cost.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[3]
DRESSES = ("bare", "ddtrace", "by hand", "ours")
ROUNDS = 5
REQUESTS, URLS = 4_000, 100
LONG, MANY_URLS = 100_000, 10_000

Result = Mapping[str, float]


def main() -> None:
    """Measure, then print."""
    with _vendors() as environ:
        results: dict[str, list[Result]] = {dress: [] for dress in DRESSES}
        for turn in range(ROUNDS):
            # The order is turned round every time, so that a machine that gets slower favours nobody.
            for dress in DRESSES if turn % 2 == 0 else reversed(DRESSES):
                results[dress].append(_run(dress, REQUESTS, URLS, environ))
                print(f"round {turn + 1}/{ROUNDS}, {dress}", file=sys.stderr)
        print(_table(results), flush=True)
        # What the bare application grows by is not the telemetry's.
        for dress in ("bare", "ours"):
            long = _run(dress, LONG, MANY_URLS, environ)
            print(
                f"\nMemory, {dress}, {LONG:,} requests for {MANY_URLS:,} URLs: "
                f"{long['early'] / 1e6:.1f} MB after a tenth, {long['late'] / 1e6:.1f} MB at the end."
            )


def _table(results: Mapping[str, list[Result]]) -> str:
    lines = ["| | CPU per request, us | added | P99, ms | added |", "|---|---|---|---|---|"]
    # Whatever else the machine does can only add to a time: the least is nearest to the program's own.
    middle = {d: {unit: min(r[unit] for r in found) for unit in ("cpu", "p99")} for d, found in results.items()}
    for dress, found in middle.items():
        cpu, p99 = found["cpu"] * 1e6, found["p99"] * 1e3
        more = cpu - middle["bare"]["cpu"] * 1e6, p99 - middle["bare"]["p99"] * 1e3
        lines.append(f"| {dress} | {cpu:.0f} | {more[0]:.0f} | {p99:.2f} | {more[1]:.2f} |")
    for other in ("ddtrace", "by hand"):
        ratios = sorted(
            (o["cpu"] - b["cpu"]) / (h["cpu"] - b["cpu"])
            for o, h, b in zip(results["ours"], results[other], results["bare"], strict=True)
        )
        lines.append(f"\nAdded CPU, ours to {other}: {median(ratios):.2f} ({ratios[0]:.2f}..{ratios[-1]:.2f})")
    return "\n".join(lines)


def _run(dress: str, requests: int, urls: int, environ: Mapping[str, str]) -> Result:
    command = [sys.executable, "-W", "ignore", "-m", f"{__package__}.application", dress, str(requests), str(urls)]
    ran = subprocess.run(command, cwd=ROOT, env=dict(environ), stdout=subprocess.PIPE, text=True, check=True)
    found: Result = json.loads(ran.stdout.splitlines()[-1])
    return found


@contextmanager
def _vendors() -> Iterator[Mapping[str, str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.vendors"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        http, udp = process.stdout.readline().split()
        yield {
            **os.environ,
            "PYTHONPATH": str(ROOT / "telemetry" / "src"),
            "DD_SERVICE": "bench",
            "DD_ENV": "bench",
            "DD_VERSION": "1",
            "DD_TRACE_AGENT_URL": f"http://127.0.0.1:{http}",
            "DD_AGENT_HOST": "127.0.0.1",
            "DD_DOGSTATSD_PORT": udp,
            "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false",
            "DD_REMOTE_CONFIGURATION_ENABLED": "false",
            "SENTRY_DSN": f"http://key@127.0.0.1:{http}/1",
        }
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()

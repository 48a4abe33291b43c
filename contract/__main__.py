"""`python -m contract check FILE.jsonl` and `python -m contract explain QUERY`."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract.query import (
    QueryError,
    check_options,
    explain,
    parse_formula,
    parse_metric,
    parse_monitor,
)
from contract.query.monitor import likely_types

if TYPE_CHECKING:
    from collections.abc import Callable


def check(lines: list[str]) -> dict[str, Any]:
    """Check monitors, one JSON object with type, query and options per line; count and list the rejected."""
    rejections = []
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for number, line in rows:
        reasons = _reasons(line)
        if reasons:
            rejections.append({"line": number, "reasons": reasons})
    return {"accepted": len(rows) - len(rejections), "rejected": len(rejections), "rejections": rejections}


def _reasons(line: str) -> list[str]:
    try:
        row = json.loads(line)
    except ValueError as error:
        return [f"no JSON: {error}"]
    if not isinstance(row, dict):
        return ["no JSON object"]
    monitor_type, query, options = row.get("type") or "", row.get("query"), row.get("options") or {}
    if not isinstance(query, str) or not isinstance(monitor_type, str) or not isinstance(options, dict):
        return ["needs a type and a query (text) and may have options (an object)"]
    try:
        tree = parse_monitor(monitor_type, query, options)
    except QueryError as error:
        return [str(error)]
    return [str(finding) for finding in check_options(tree, options)]


def explained(query: str) -> str:
    """Explain a monitor's query, a dashboard's metric query or a formula.

    Raises:
        QueryError: it is none of these; the error is that of the language it keeps to the longest.
    """
    errors: list[QueryError] = []
    kinds = likely_types(query)
    readers: list[Callable[[str], Any]] = [partial(parse_monitor, kind) for kind in kinds]
    if "composite" in kinds:
        readers += [parse_metric, parse_formula]
    for read in readers:
        try:
            return explain(read(query))
        except QueryError as error:
            errors.append(error)
    raise max(errors, key=lambda error: error.position)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status: 1 where something is rejected, 2 where the input cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m contract", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check monitors").add_argument("file", type=Path, metavar="FILE.jsonl")
    commands.add_parser("explain", help="say what a query watches").add_argument("query", metavar="QUERY")
    given = parser.parse_args(arguments)
    try:
        if given.command == "explain":
            print(explained(given.query))
            return 0
        report = check(given.file.read_text(encoding="utf-8").splitlines())
    except QueryError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"{given.file}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return 1 if report["rejected"] else 0


if __name__ == "__main__":
    sys.exit(main())

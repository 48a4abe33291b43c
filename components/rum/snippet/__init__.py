"""What the web application takes in: TypeScript on Datadog's browser SDK, with the journeys of the catalog as types."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from components.rum.spec import Journey

PACKAGE = "@datadog/browser-rum"
"""Datadog's browser SDK on npm; the version it is tested with stands in tests/browser/package.json."""
_MODULE = Path(__file__).with_name("monitoring.ts")


def snippet(journeys: Iterable[Journey]) -> dict[str, str]:
    """The files by name."""
    return {_MODULE.name: _MODULE.read_text(encoding="utf-8"), "journeys.ts": _journeys(journeys)}


def _journeys(journeys: Iterable[Journey]) -> str:
    members = [f'  /** From: {one.starts}. To: {one.ends}. */\n  | "{one.key}"' for one in journeys]
    lines = ["/** What people come for. Generated from the monitoring project's catalog: docs/rum.md. */"]
    return "\n".join([*lines, "export type Journey =", *members]) + ";\n"

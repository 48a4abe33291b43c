"""Make a preview small enough to be kept.

`python -m tests.unit.reports.comment.trim NAME... < preview.json > previews/kept.json`
What the engine said stays as it is; steps of other logical names than these, and what no comment reads, go.
"""

from __future__ import annotations

import json
import sys
from typing import Any

STATE = ("type", "custom", "inputs", "protect", "retainOnDelete")
STEP = ("op", "urn", "diffReasons", "replaceReasons")


def trimmed(preview: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The preview with the steps of these resources, and that of the stack itself."""
    steps = [one for one in preview["steps"] if one["urn"].rpartition("::")[2] in names or "pulumi:Stack" in one["urn"]]
    return {
        "steps": [_step(one) for one in steps],
        **{key: preview[key] for key in ("diagnostics", "changeSummary") if key in preview},
    }


def _step(step: dict[str, Any]) -> dict[str, Any]:
    kept = {key: step[key] for key in STEP if key in step}
    for side in ("oldState", "newState"):
        if side in step:
            kept[side] = {key: step[side][key] for key in STATE if key in step[side]}
    return kept


if __name__ == "__main__":
    json.dump(trimmed(json.load(sys.stdin), set(sys.argv[1:])), sys.stdout, indent=1)
    print()

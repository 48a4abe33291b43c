"""Side files of a state folder that a killed engine left cut off."""

from __future__ import annotations

import json
from pathlib import Path


def remove_cut_off_side_files(folder: Path) -> list[Path]:
    """Remove every `*.attrs` below the folder that is no JSON, and return them.

    The engine's file backend replaces its state in one step, but writes the side file beside it (content type and
    checksum) in place. Killed in between, it leaves an empty one, and then refuses the whole state: "failed to load
    checkpoint: EOF". It does without a side file that is not there.
    """
    cut_off = [file for file in sorted(folder.rglob("*.attrs")) if not _is_json(file)]
    for file in cut_off:
        file.unlink()
    return cut_off


def _is_json(file: Path) -> bool:
    try:
        json.loads(file.read_text())
    except ValueError:
        return False
    return True

"""What can only be tried where the project's own history is."""

from __future__ import annotations

import subprocess

import pytest

from tools.engine.engine import ROOT


def _is_there() -> bool:
    try:
        command = ["git", "rev-parse", "--verify", "HEAD"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


needs_repository = pytest.mark.skipif(not _is_there(), reason="this folder is no repository that git may read")

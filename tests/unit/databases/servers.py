"""Servers as the tests of what runs in a database want them, and psql."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

SETTINGS = """
listen_addresses = '127.0.0.1'
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.track = all
log_statement = all
fsync = off
"""


def psql(file: Path, variables: Mapping[str, str], answers: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run a file of SQL as the page tells people to, without a terminal, with lines on standard input."""
    return subprocess.run(
        ["psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--file", file],
        env={"PATH": os.environ["PATH"], **variables}, input="".join(f"{answer}\n" for answer in answers),
        text=True, capture_output=True, check=False, start_new_session=True, timeout=60,
    )  # fmt: skip

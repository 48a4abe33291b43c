"""`python -m tools.workflows ZIZMOR [FOLDER]`: lint the workflows of this repository, or those in another folder."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tools.workflows import LintersMissingError, actionlint

ROOT = Path(__file__).resolve().parents[2]

parser = argparse.ArgumentParser(prog="python -m tools.workflows", description=__doc__)
parser.add_argument("zizmor", type=Path, metavar="ZIZMOR")
parser.add_argument("folder", type=Path, metavar="FOLDER", nargs="?", default=ROOT)
given = parser.parse_args()
workflows = sorted((given.folder / ".github" / "workflows").glob("*.yml"))
if not workflows:
    sys.exit(f"No workflows in {given.folder}")
try:
    first = [actionlint(log=print), *workflows]
except LintersMissingError as missing:
    sys.exit(str(missing))
if not shutil.which("shellcheck"):
    print("No shellcheck here: the commands in workflows are not looked into", file=sys.stderr)
# Offline: what zizmor would ask GitHub about actions is left to Renovate.
options = ["--offline", "--no-progress", "--quiet", "--strict-collection", "--config", ROOT / ".github" / "zizmor.yml"]
second = [given.zizmor.resolve(), *options, given.folder / ".github"]
ended = [subprocess.run(command, check=False).returncode for command in (first, second)]  # noqa: S603
if any(ended):
    sys.exit(1)
print(f"actionlint and zizmor: nothing in {len(workflows)} workflows")

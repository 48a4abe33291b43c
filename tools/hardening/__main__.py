"""`python -m tools.hardening CHECKOV FOLDER...`: lint folders of manifests, each a cluster of its own."""

import argparse
import sys
from pathlib import Path

from infra.problems import ProblemsError
from tools.hardening.findings import EXEMPTIONS, CheckovError, compare, read_exemptions, scan

parser = argparse.ArgumentParser(prog="python -m tools.hardening", description=__doc__)
parser.add_argument("checkov", type=Path, metavar="CHECKOV")
parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
given = parser.parse_args()
try:
    findings = {finding for folder in given.folders for finding in scan(given.checkov, folder)}
    if problems := compare(findings, read_exemptions(EXEMPTIONS)):
        raise ProblemsError("Kubernetes objects", problems)
except (CheckovError, ProblemsError) as error:
    sys.exit(str(error))
print(f"Checkov: nothing in {len(given.folders)} stacks but the {len(findings)} findings that exemptions.toml explains")

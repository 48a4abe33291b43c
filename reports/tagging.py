"""`python -m reports.tagging FILE...`: do the workloads in these manifests carry the labels their alerts select by?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from infra.problems import Problem, ProblemsError
from stacks.tagging import check_tagging


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return the exit status: 1 where something is missing or a file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m reports.tagging", description=__doc__)
    parser.add_argument("files", metavar="FILE", nargs="+", help="YAML, such as `helm template` or `kubectl get` print")
    problems: list[Problem] = []
    for file in parser.parse_args(arguments).files:
        try:
            found = list(check_tagging(manifests(Path(file))))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            found = [Problem("cannot be read", str(error).splitlines()[0])]
        problems += [Problem(f"{file}: {one.where}", one.what, one.hint) for one in found]
    if problems:
        print(ProblemsError("Unified service tagging", problems), file=sys.stderr)
        return 1
    print("Every workload carries env, service and version.")
    return 0


def manifests(file: Path) -> Iterator[Mapping[str, Any]]:
    """The objects in a file. Raises OSError, UnicodeDecodeError or yaml.YAMLError."""
    for document in yaml.safe_load_all(file.read_text()):
        if isinstance(document, Mapping):
            yield document


if __name__ == "__main__":
    sys.exit(main())

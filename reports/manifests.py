"""`python -m reports.manifests STACK FOLDER`: a stack's Kubernetes objects as YAML, one file per object."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from infra.problems import ProblemsError
from infra.secrets import redacted
from reports.stacks import settings_of
from stacks.check import check
from stacks.manifests import manifests
from stacks.specs import compose
from tools.stack.workspace import StackFileError

HEADER = "# Written by `make manifests`. Secrets are left out: for reading, not for applying.\n"


def manifests_of(stack: str) -> dict[str, dict[str, Any]]:
    """Every Kubernetes object of a stack by logical name, from its file and the catalog.

    Raises StackFileError when there is no such file or it is no YAML, ProblemsError with everything wrong in the file,
    or else in the catalog.
    """
    settings = settings_of(stack)
    specs = compose(settings, stack)
    if problems := check(specs):
        raise ProblemsError(f"The catalog of {settings.environment}", problems)
    return manifests(specs, stack)


def pages(stack: str) -> dict[str, str]:
    """The content of each file by its name, which is the object's logical name. Raises as `manifests_of`."""
    return {f"{name}.yaml": HEADER + as_yaml(manifest) for name, manifest in manifests_of(stack).items()}


def as_yaml(manifest: Any) -> str:
    """A manifest as text, without its secrets."""
    return yaml.dump(redacted(manifest), Dumper=_Dumper, sort_keys=False, width=120, allow_unicode=True)


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files; files that an earlier run wrote there and this one does not are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yaml"):
        if old.name not in files and old.read_text().startswith(HEADER):
            old.unlink()
    for name, content in files.items():
        (folder / name).write_text(content)


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return the exit status: 1 where the stack's file or the catalog is wrong."""
    parser = argparse.ArgumentParser(prog="python -m reports.manifests", description=__doc__)
    parser.add_argument("stack", metavar="STACK")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    given = parser.parse_args(arguments)
    try:
        files = pages(given.stack)
        write(files, given.folder)
    except (StackFileError, ProblemsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"== {len(files)} Kubernetes objects of {given.stack} in {given.folder}")
    return 0


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as such; no anchors for what stands there twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if "\n" in text else None)


# StrEnum members are texts, too.
_Dumper.add_multi_representer(str, _text)
_Dumper.add_representer(str, _text)


if __name__ == "__main__":
    sys.exit(main())

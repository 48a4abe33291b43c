"""What checkov finds in folders of manifests, and which of it is exempted."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

from infra.problems import Problem

EXEMPTIONS = Path(__file__).parent / "exemptions.toml"
LIMIT = 300
"""Seconds one run may take; it takes about three."""


class CheckovError(Exception):
    """Checkov did not do its work; the message says what it said."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One check that one object does not pass."""

    object: str
    """The object's logical name, which is its file's."""
    check: str
    """Checkov's identifier, such as CKV_K8S_17."""
    title: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Objects that need not pass some checks."""

    checks: tuple[str, ...]
    objects: tuple[str, ...]
    """Logical names; `*` stands for anything."""
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether this is about that finding."""
        return finding.check in self.checks and any(fnmatchcase(finding.object, each) for each in self.objects)

    def parts(self) -> list[Exemption]:
        """The same, each for one check and one name."""
        return [Exemption((check,), (name,), self.reason) for check, name in product(self.checks, self.objects)]


def scan(checkov: Path, folder: Path) -> list[Finding]:
    """What checkov finds in a folder of manifests, one object per file. Raises CheckovError."""
    command = [
        str(checkov), "--directory", str(folder), "--framework", "kubernetes", "--output", "json", "--compact",
        "--quiet", "--soft-fail", "--skip-download",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)  # noqa: S603
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise CheckovError(f"{folder}: {done.stderr or done.stdout}") from None
    files = len(list(folder.glob("*.yaml")))
    # A file that it cannot read it leaves out without a word.
    seen = answer.get("summary", answer)["resource_count"]
    if not 0 < files <= seen:
        raise CheckovError(f"{folder}: checkov saw {seen} objects in {files} files")
    failed = answer["results"]["failed_checks"]
    return sorted({Finding(Path(each["file_path"]).stem, each["check_id"], each["check_name"]) for each in failed})


def read_exemptions(file: Path) -> list[Exemption]:
    """The exemptions written down. Raises CheckovError for one that lacks something."""
    try:
        return [
            Exemption(tuple(each["checks"]), tuple(each["objects"]), each["reason"])
            for each in tomllib.loads(file.read_text())["exemption"]
        ]
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise CheckovError(f"{file}: each exemption needs checks, objects and reason: {error}") from None


def compare(findings: Iterable[Finding], exemptions: Iterable[Exemption]) -> list[Problem]:
    """Findings that nothing exempts, and exemptions for objects that pass or are not there."""
    found, exempted = list(findings), list(exemptions)
    unexplained = [
        Problem(each.object, f"{each.check}: {each.title}", "mend it, or say in exemptions.toml why it stands")
        for each in found
        if not any(exemption.covers(each) for exemption in exempted)
    ]
    unneeded = [
        Problem(f"exemptions.toml: {part.checks[0]}", f"no object {part.objects[0]!r} needs it", "take it out")
        for exemption in exempted
        for part in exemption.parts()
        if not any(part.covers(finding) for finding in found)
    ]
    return [*unexplained, *unneeded]

"""Bring objects in: all of them, proved by a preview, or none."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from adopt.entry import UnsupportedError, entry_of, module_name, read_source, source
from adopt.reference import Reference, UnknownReferenceError, parse
from components.imported.check import advice, blind
from components.imported.spec import Entry
from contract.world import World
from infra.problems import Problem, ProblemsError
from infra.settings import Settings
from tools.engine.engine import ROOT
from tools.ownership.backend import read_backend
from tools.pulumi import Pulumi, PulumiError
from tools.recover.found import MONITOR

CATALOG = ROOT / "stacks" / "catalog" / "imported"
COMPONENT = "monitoring:imported:Imported"
PROVIDER = "pulumi:providers:datadog"
TIMEOUT = 30.0
"""Seconds for one answer."""


class AdoptionError(Exception):
    """Nothing was brought in; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Adoption:
    """Into which stack, and from which Datadog."""

    stack: str
    pulumi: Pulumi
    settings: Settings
    url: str
    """Of Datadog's API, without a path of its own."""
    world: World
    catalog: Path = CATALOG

    def run(self, texts: Iterable[str], blind_because: str = "") -> list[Path]:
        """Bring in what these name; returns the files. Raises ProblemsError with every problem, or AdoptionError."""
        references, entries = self._entries(list(dict.fromkeys(texts)), blind_because)
        for reference, entry in zip(references, entries, strict=True):
            print(f"== {reference} becomes {entry.key}")
            for what in [*blind(entry, self.world), *advice(entry)]:
                print(f"  - {what}")
        before = self._resources()
        files: list[Path] = []
        try:
            self._import(references, entries, before)
            for reference, entry in zip(references, entries, strict=True):
                file = self.catalog / module_name(entry)
                files.append(file)
                file.write_text(source(entry, reference))
            self._prove(entries)
        except BaseException as error:
            self._take_back(before, files)
            if isinstance(error, PulumiError):
                raise AdoptionError(f"Nothing was brought in: {error}") from None
            raise
        return files

    def _entries(self, texts: list[str], blind_because: str) -> tuple[list[Reference], list[Entry]]:
        owners = self._owners()
        problems: list[Problem] = []
        found: dict[Reference, Entry] = {}
        for text in texts:
            try:
                reference = parse(text, self.settings.datadog.site)
                if (reference.type, reference.id) in owners:
                    raise AdoptionError(f"it is owned already: {owners[reference.type, reference.id]}")
                entry = entry_of(reference, self._body(reference), self.stack)
                lost = blind(entry, self.world)
                if lost and not blind_because:
                    problems += [Problem(text, what, "mend it, or say why it stays: BLIND='...'") for what in lost]
                reason = blind_because if lost else ""
                found[reference] = entry_of(reference, self._body(reference), self.stack, reason) if lost else entry
                if read_source(source(found[reference], reference)) != found[reference]:
                    raise AdoptionError("what it is cannot be written down and read back the same")
            except (UnknownReferenceError, UnsupportedError, AdoptionError) as error:
                problems.append(Problem(text, str(error).removeprefix(f"{text}: ")))
        if problems:
            raise ProblemsError("Nothing was brought in", problems)
        return list(found), list(found.values())

    def _owners(self) -> Mapping[tuple[str, str], str]:
        readings = list(read_backend(self.pulumi, ""))
        return {
            (one["type"], one["id"]): f"stack {reading.stack}, {one['urn']}"
            for reading in readings
            if reading.state
            for one in reading.state.resources
        }

    def _body(self, reference: Reference) -> Mapping[str, Any]:
        kind = "monitor" if reference.type == MONITOR else "dashboard"
        headers = {
            "DD-API-KEY": self.settings.datadog_api_key.get_secret_value(),
            "DD-APPLICATION-KEY": self.settings.datadog_app_key.get_secret_value(),
        }
        try:
            answer = httpx.get(f"{self.url}/api/v1/{kind}/{reference.id}", headers=headers, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            raise AdoptionError(f"Datadog does not answer at {self.url}: {error}") from None
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise AdoptionError(f"there is no {reference} at {self.url}")
        if answer.is_error:
            raise AdoptionError(f"Datadog answered {answer.status_code} for {reference}")
        body: Mapping[str, Any] = answer.json()
        if body.get("type") == "synthetics alert":
            raise AdoptionError("it comes and goes with its synthetic test")
        return body

    def _resources(self) -> dict[str, Mapping[str, Any]]:
        exported = json.loads(self.pulumi.run("stack", "export", "--stack", self.stack))
        return {one["urn"]: one for one in (exported.get("deployment") or {}).get("resources") or []}

    def _import(
        self, references: list[Reference], entries: list[Entry], before: Mapping[str, Mapping[str, Any]]
    ) -> None:
        providers = [urn for urn, one in before.items() if one["type"] == PROVIDER]
        if not providers:
            raise AdoptionError(f"Stack {self.stack} was never brought up: `make up` comes first")
        names = {"datadog": providers[0]}
        wanted: list[dict[str, Any]] = []
        known = next((urn for urn, one in before.items() if one["type"] == COMPONENT), None)
        if known:
            names["imported"] = known
        else:
            wanted.append({"type": COMPONENT, "name": "imported", "component": True})
        wanted += [
            {"type": one.type, "name": entry.key, "id": one.id, "parent": "imported", "provider": "datadog"}
            for one, entry in zip(references, entries, strict=True)
        ]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"nameTable": names, "resources": wanted}, file)
            file.flush()
            protect = f"--protect={str(self.settings.protect).lower()}"
            options = ["--file", file.name, protect, "--generate-code=false", "--yes", "--skip-preview"]
            self.pulumi.run("import", *options, "--stack", self.stack)

    def _prove(self, entries: list[Entry]) -> None:
        """The next preview changes nothing of what came in. Raises AdoptionError."""
        previewed = json.loads(self.pulumi.run("preview", "--json", "--stack", self.stack))
        ours = {entry.key for entry in entries}
        changed = [step for step in previewed.get("steps") or () if step["op"] != "same"]
        wrong = [step for step in changed if step["urn"].rsplit("::", 1)[1] in ours | {"imported"}]
        if wrong:
            told = "; ".join(
                f"{step['op']} of {step['urn'].rsplit('::', 1)[1]} ({', '.join(step.get('detailedDiff') or {}) or '-'})"
                for step in wrong
            )
            raise AdoptionError(f"Nothing was brought in: the next preview would show {told}")
        if changed:
            print(f"  ({len(changed)} other changes of this stack wait for the next `up`)")

    def _take_back(self, before: Mapping[str, Mapping[str, Any]], files: Iterable[Path]) -> None:
        for file in files:
            file.unlink(missing_ok=True)
        added = [urn for urn in self._resources() if urn not in before]
        for urn in reversed(added):
            self.pulumi.run("state", "delete", urn, "--force", "--yes", "--stack", self.stack)

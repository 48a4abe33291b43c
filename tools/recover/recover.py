"""Show what a killed run left behind, then mend it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from infra.history import HISTORY, is_kept
from infra.naming import Mark
from infra.settings import Settings
from tools.pulumi import Pulumi
from tools.recover.checkpoint import remove_cut_off_side_files
from tools.recover.found import Found
from tools.recover.inventory import datadog, kubernetes, sentry
from tools.recover.plan import Plan, make_plan, mended_deployment
from tools.vendors import DATADOG, KUBERNETES, SENTRY, Vendor


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoints:
    """Where the vendors' HTTP APIs are; what is None follows from the settings."""

    datadog: str | None = None
    sentry: str | None = None
    kubernetes: str | None = None

    @classmethod
    def of_sandbox(cls, url: str) -> Endpoints:
        """The stand-ins of a sandbox."""
        return cls(datadog=f"{url}/datadog", sentry=f"{url}/sentry/api/", kubernetes=f"{url}/kubernetes")

    def found(self, settings: Settings, mark: Mark) -> Iterator[Found]:
        """Everything that carries the mark, of all vendors. Raises VendorError, also when one of them is deleted."""
        for one in self._of_all(settings, mark):
            yield replace(one, holds_history=is_kept(one.type, settings.environment))

    def _of_all(self, settings: Settings, mark: Mark) -> Iterator[Found]:
        datadog_url, sentry_url = self.datadog or settings.datadog.api, self.sentry or settings.sentry.base_url
        yield from _asked(DATADOG, datadog_url, datadog.inventory(settings, mark, datadog_url))
        yield from _asked(SENTRY, sentry_url, sentry.inventory(settings, mark, sentry_url))
        yield from _asked(KUBERNETES, self.kubernetes, kubernetes.inventory(settings, mark, self.kubernetes))


def _asked(vendor: Vendor, url: str | None, inventory: Iterable[Found]) -> Iterator[Found]:
    with vendor.asked(url):
        for one in inventory:
            yield replace(one, delete=one.delete and partial(_deleted, vendor, url, one.delete))


def _deleted(vendor: Vendor, url: str | None, delete: Callable[[], object]) -> None:
    with vendor.asked(url):
        delete()


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovery:
    """One stack to recover: how to run its engine, and where its vendors are."""

    stack: str
    pulumi: Pulumi
    endpoints: Endpoints

    def run(self, confirm: Callable[[Plan], bool]) -> bool:
        """Find, show, and after `confirm` mend; False when it was not confirmed. Raises PulumiError, VendorError."""
        print(f"== Looking for what stack {self.stack} left behind")
        self._mend_backend()
        exported = json.loads(self.pulumi.run("stack", "export", "--stack", self.stack))
        found = self.endpoints.found(self.pulumi.settings(self.stack), Mark(self.stack))
        plan = make_plan(exported.get("deployment") or {}, found)
        print(describe(plan))
        if plan.is_empty:
            self._unlock()
            return True
        if not confirm(plan):
            return False
        self._unlock()
        self._mend_state(exported, plan)
        for unknown in plan.remove:
            print(f"  removing {unknown}")
            if unknown.delete:
                unknown.delete()
        print("== Recovered. Run `make up` (or `pulumi up`) to finish what was begun.")
        return True

    def _unlock(self) -> None:
        # A killed run leaves its lock; without one the engine says so, which is as good.
        self.pulumi.run("cancel", "--yes", "--stack", self.stack, may_fail=True)

    def _mend_backend(self) -> None:
        url: str = json.loads(self.pulumi.run("whoami", "--json", "--verbose"))["url"]
        if url.startswith("file://"):
            folder = Path(url.removeprefix("file://").partition("?")[0]).expanduser()
            for file in remove_cut_off_side_files(folder):
                print(f"  removed {file.name}: it was cut off while it was written, and the state is whole without it")

    def _mend_state(self, exported: Mapping[str, Any], plan: Plan) -> None:
        mended = {**exported, "deployment": mended_deployment(exported["deployment"], plan)}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(mended, file)
            file.flush()
            self.pulumi.run("stack", "import", "--file", file.name, "--stack", self.stack)
        # What was adopted has no outputs yet, and what was being changed may have been: the cloud tells.
        self.pulumi.run("refresh", "--yes", "--skip-preview", "--stack", self.stack)


def describe(plan: Plan) -> str:
    """The plan in words."""
    kept = [
        f"  keep    {found}: no state knows it, and it holds history: {HISTORY[found.type]} (docs/ownership.md)"
        for found in plan.keep
    ]
    if plan.is_empty:
        known = "every other marked object" if kept else "every marked object"
        return "\n".join([f"  nothing: every begun operation ended, and {known} is known", *kept])
    lines = [
        f"  adopt   {urn.rsplit('::', 1)[1]}: its creation was begun, and {found} exists" for urn, found in plan.adopt
    ]
    lines += [
        f"  forget  {urn.rsplit('::', 1)[1]}: its creation was begun, and made nothing to keep" for urn in plan.forget
    ]
    lines += [f"  check   {urn.rsplit('::', 1)[1]}: a change of it was begun" for urn in plan.check]
    lines += [f"  REMOVE  {found}: no state knows it" for found in plan.remove]
    return "\n".join([*lines, *kept])

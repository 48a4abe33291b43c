"""One run of the reference app for all tests that look at what was received."""

from __future__ import annotations

import fcntl
import json
import tempfile
from pathlib import Path

import pytest

from components.business.rules import rule_file
from tests.receivers.evidence import Evidence, collect, load, save
from tests.unit.business.examples import business_of
from tools.demo import backends
from tools.demo.application import ENVIRONMENT
from tools.demo.system import system

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def installed() -> None:
    """Skips where Debian's packages are missing."""
    if absent := backends.missing():
        pytest.skip(f"not installed: {', '.join(absent)} (tools/install-debian.sh)")


@pytest.fixture(scope="session")
def evidence(installed: None, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Evidence:
    """What was received. The first test process that needs it makes it for all of them."""
    root = tmp_path_factory.getbasetemp()
    shared = root if worker_id == "master" else root.parent
    kept = shared / "received.pickle"
    with (shared / "received.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with tempfile.TemporaryDirectory(prefix="receivers-") as temporary:
                # Not below pytest's own folder, which PostgreSQL's user may not enter.
                Path(temporary).chmod(0o755)
                rules = Path(temporary) / "business.yml"
                rules.write_text(_business_rules())
                with system(Path(temporary), [rules]) as running:
                    save(collect(running), kept)
        return load(kept)


def _business_rules() -> str:
    """Those of the sandbox's stack, evaluated every second rather than every minute."""
    spec = business_of(ENVIRONMENT)
    rules = rule_file(spec.groups, spec.environment, spec.runbook_base_url)
    for group in rules["groups"]:
        group["interval"] = "1s"
    return json.dumps(rules)

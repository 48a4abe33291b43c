"""The generated snippet under the strictest type check, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from components.rum.compile import browser_config
from contract.telemetry.browser import JOURNEYS
from stacks.specs import compose
from tests.browser import packages
from tests.examples import settings

pytestmark = [pytest.mark.slow, packages.needed]
USE = 'import { startJourney, startMonitoring } from "./monitoring";\n'


def errors(folder: Path, code: str) -> list[str]:
    packages.take_in(folder)
    (folder / "use.ts").write_text(USE + code)
    return packages.type_errors(folder, "use.ts")


def test_what_the_config_map_holds_is_what_the_snippet_takes(tmp_path: Path) -> None:
    spec = compose(settings(web={"intakeUrl": "https://intake.example.com/rum"}), "example").rum
    config = json.dumps(browser_config(spec, spec.applications[0], "id", "token"))
    journeys = "".join(f'startJourney("{journey}").complete();' for journey in JOURNEYS)
    code = f'const config: MonitoringConfig = {config};startMonitoring(config, "1");{journeys}'
    # A literal must have every member, and may have no other.
    assert errors(tmp_path, 'import type { MonitoringConfig } from "./monitoring";' + code) == []


def test_mistakes_are_errors_of_types(tmp_path: Path) -> None:
    found = errors(
        tmp_path, 'startJourney("checkout");\nstartJourney("search").fail("tired");\nstartMonitoring({}, "1");'
    )
    assert [line.split(":")[0] for line in found] == ["use.ts(2,14)", "use.ts(3,29)", "use.ts(4,17)"]
    assert '"checkout"' in found[0]

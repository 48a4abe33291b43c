"""locust -f load_test/locustfile.py --host URL; the scenario is LOAD_SCENARIO: browse, search, generate or mixed."""

from __future__ import annotations

import os

from load_test import hooks
from load_test.journeys import SCENARIOS

SCENARIO = os.environ.get("LOAD_SCENARIO", "mixed")
if SCENARIO not in SCENARIOS:
    raise SystemExit(f"LOAD_SCENARIO={SCENARIO}: one of {', '.join(SCENARIOS)}")


Person = SCENARIOS[SCENARIO]
"""Who the load is made of."""

hooks.register()

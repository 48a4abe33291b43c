"""What people do, one module per scenario. Requests are named as the contract names endpoints."""

from __future__ import annotations

from load_test.journeys.browse import Browse
from load_test.journeys.generate import Generate
from load_test.journeys.mixed import Mixed
from load_test.journeys.search import Search

SCENARIOS = {"browse": Browse, "search": Search, "generate": Generate, "mixed": Mixed}
"""By the name of the scenario: one simulated person."""

"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes says more about what else the machine does than about our code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

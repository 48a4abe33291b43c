"""What holds for all tests."""

from __future__ import annotations

import gc

from hypothesis import settings

# How long one example takes says more about what else the machine does than about our code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# As for the program itself (infra/program.py): the modules that collection imports live as long as the process, and the
# cyclic collector would walk them again and again.
gc.disable()


def pytest_collection_finish() -> None:
    """Collect cycles again, but not among what was imported."""
    gc.freeze()
    gc.enable()

"""What the entry point needs around its work."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pulumi

from infra.problems import ProblemsError


@contextmanager
def problems_shown() -> Iterator[None]:
    """Show problems as the engine's own message, without a traceback."""
    try:
        yield
    except ProblemsError as problems:
        raise pulumi.RunError(str(problems)) from None


@contextmanager
def sdks_loading() -> Iterator[None]:
    """Import without the cyclic collector, then exempt what was made from it: modules live as long as the process.

    It would walk the hundreds of thousands of objects that the Datadog SDK consists of again and again
    (docs/adr/0007-import-time.md).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

"""The program with a few entries of its catalog: for tests that run it hundreds of times, whatever it declares."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # the engine starts it from this folder

from infra.program import problems_shown, sdks_loading
from infra.settings import read
from tests.e2e.small.catalog import small

with problems_shown():
    settings = read()
    with sdks_loading():
        from stacks import build, specs
    build.__dict__["compose"] = lambda settings, stack: small(specs.compose(settings, stack))
    build.build(settings)

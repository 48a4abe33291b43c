"""The program: settings, then the stack."""

from infra.program import problems_shown, sdks_loading
from infra.settings import read

with problems_shown():
    settings = read()  # before the SDKs, which take seconds to load
    with sdks_loading():
        from stacks.build import build
    build(settings)

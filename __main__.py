"""The program: settings, then the stack."""

import pulumi

from infra.problems import ProblemsError
from infra.settings import read

try:
    settings = read()
    from stacks.build import build  # after the settings: loading the vendors' SDKs takes seconds

    build(settings)
except ProblemsError as problems:
    raise pulumi.RunError(str(problems)) from None

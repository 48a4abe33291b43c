"""`python -m tools.engine`: make sure there is an engine and say which."""

import sys

from tools.engine import EngineMissingError, find_or_build

try:
    print(f"== Engine: {find_or_build(log=print)}")
except EngineMissingError as missing:
    sys.exit(str(missing))

"""The metrics of the contract, one function each: `metrics.content_created(content_type="image", origin="user")`.

Durations are seconds. What is not in the contract is an error of types; what comes in spite of that (a value that is
not finite, a tag outside its set, anything after shutdown) is counted in `dropped()` and not sent. Nothing raises or
waits.
"""

from genonaut_telemetry.guard import dropped
from genonaut_telemetry.metrics.api import *  # noqa: F403 - the generated functions, listed there
from genonaut_telemetry.metrics.api import __all__ as _functions

__all__ = [*_functions, "dropped"]  # noqa: PLE0604 - names, from the generated module

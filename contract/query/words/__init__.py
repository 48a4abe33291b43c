"""Says in plain words what a query watches."""

from contract.query.words import metric, monitor, search
from contract.query.words.core import explain

__all__ = ["explain", "metric", "monitor", "search"]

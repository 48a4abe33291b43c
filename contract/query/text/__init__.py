"""Prints trees back as queries."""

from contract.query.text import metric, monitor, search
from contract.query.text.core import number_text, to_text

__all__ = ["metric", "monitor", "number_text", "search", "to_text"]

"""The proof that a query selects something that is really emitted, and compares it with what it can be.

Everything here is pure and answers with findings: sentences that say what is wrong and what would be right. An empty
list is the proof.
"""

from __future__ import annotations

from contract.proof.composite import prove_composite
from contract.proof.graph import prove_formula, prove_metric, prove_search, prove_slice, prove_slo, prove_variable
from contract.proof.monitor import prove_monitor
from contract.proof.searches import EventQuery, stream_name
from contract.proof.values import Variables

__all__ = [
    "EventQuery",
    "Variables",
    "prove_composite",
    "prove_formula",
    "prove_metric",
    "prove_monitor",
    "prove_search",
    "prove_slice",
    "prove_slo",
    "prove_variable",
    "stream_name",
]

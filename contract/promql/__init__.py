"""Prometheus's query language: a builder, and the proof that a query selects something that is there."""

from contract.promql.builder import Query, exposed, quantile, recorded
from contract.promql.names import Names
from contract.promql.proof import prove

__all__ = ["Names", "Query", "exposed", "prove", "quantile", "recorded"]

"""Traces: what services send of them, what is kept, what is counted from them, and the catalog of services."""

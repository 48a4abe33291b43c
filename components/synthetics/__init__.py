"""Probes: what somebody outside sees."""

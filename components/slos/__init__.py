"""Objectives: what share of what users do must go well."""

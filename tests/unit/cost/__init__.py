"""Costs: the bill, its quantities, its budget, and the limits of series."""

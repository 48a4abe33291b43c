"""Maintenance windows: when work is planned, its own noise tells nobody."""

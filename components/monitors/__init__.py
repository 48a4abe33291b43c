"""Alerts: what is watched, when somebody should know, and what the message says."""

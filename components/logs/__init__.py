"""Logs: indexes, pipelines, metrics, scanning for sensitive data, the archive. The whole organisation shares them."""

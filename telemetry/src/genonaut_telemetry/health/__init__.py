"""What answers /livez, /readyz and /health/detail, and the checks that applications have in common."""

from genonaut_telemetry.health.checks import Check, cache, database, external, pagination, queue

__all__ = ["Check", "cache", "database", "external", "pagination", "queue"]

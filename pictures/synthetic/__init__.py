"""Made-up telemetry that behaves like the real one: from a query to lines of numbers, always the same ones."""

"""A small service with the shape of Genonaut: what the telemetry package is tried on, and what `make demo` runs."""

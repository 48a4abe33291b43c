"""Monitors and dashboards that people made on Datadog's pages, kept as they are (docs/import.md)."""

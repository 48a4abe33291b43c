"""Brings monitors and dashboards that people made on Datadog's pages into the catalog and the state."""

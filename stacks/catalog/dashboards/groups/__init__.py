"""Groups that several dashboards show, each over a scope of its own."""

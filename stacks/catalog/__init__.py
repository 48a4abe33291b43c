"""The catalog: services, tiers, alerts, objectives, dashboards. Adding one of them is an edit of one file here."""

"""What goes into alerts and monitors, as Sentry writes it. Needs no Pulumi."""

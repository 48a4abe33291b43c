"""Sentry: the team, a project per service, and the keys the services report with."""

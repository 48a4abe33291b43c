"""Sentry: the team, a project per service, the keys the services report with, alerts and monitors."""

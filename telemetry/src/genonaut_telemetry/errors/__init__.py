"""Errors, as Sentry gets them: without secrets and personal data, grouped, and with a link to their trace."""

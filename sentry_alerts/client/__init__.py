"""Sentry's API over HTTP: retries, pages, errors in words, and creations that never happen twice."""

from sentry_alerts.client.client import Client
from sentry_alerts.client.errors import ApiError, NoAnswerError, NotFoundError
from sentry_alerts.client.retry import Retry

__all__ = ["ApiError", "Client", "NoAnswerError", "NotFoundError", "Retry"]

"""What each vendor holds of a stack, asked over the vendor's own HTTP API."""

from tools.recover.inventory import datadog, kubernetes, sentry

__all__ = ["datadog", "kubernetes", "sentry"]

"""A Pulumi provider for Sentry's alerts, monitors and project settings: docs/sentry-provider.md."""

PACKAGE = "sentry-alerts"
"""The provider's name: first part of its type tokens, and of `pulumi-resource-sentry-alerts`."""
VERSION = "0.1.0"

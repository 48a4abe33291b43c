"""The provider: Pulumi's provider protocol on one side, Sentry's API on the other."""

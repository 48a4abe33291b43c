"""The catalog of services: who owns each, what it needs, and where its runbooks are."""

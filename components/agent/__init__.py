"""The Datadog agent on every node of the cluster."""

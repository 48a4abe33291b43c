"""Checkov's opinion of the Kubernetes objects, against the exemptions that we stand by."""

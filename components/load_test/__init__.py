"""Load generation in the cluster."""

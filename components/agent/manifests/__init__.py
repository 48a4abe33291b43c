"""The agents' Kubernetes manifests, one module per kind of thing. Pure."""

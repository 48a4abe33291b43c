"""What the Kubernetes API is like: scopes, names and plurals of its kinds."""

"""The plumbing every stack stands on: settings, providers, names, transformations. Knows nothing of monitoring."""

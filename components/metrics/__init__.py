"""What Datadog keeps of the metrics that our own code sends: percentiles, and tags that can be asked for."""

"""What Datadog does with the spans it takes in: metrics from them, and which ones can be searched for."""

"""What the application's telemetry costs a request."""

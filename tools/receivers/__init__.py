"""What stands on the other side of the application's telemetry: strict listeners that keep what they receive."""

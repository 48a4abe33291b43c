"""Real-user monitoring: what browsers report."""

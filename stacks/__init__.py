"""What Genonaut runs: data and composition, no resource classes."""

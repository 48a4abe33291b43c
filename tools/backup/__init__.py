"""A copy of what is deployed, and the way back from it."""

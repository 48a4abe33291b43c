"""Recovery after a killed run: find what the state does not know, adopt or remove it."""

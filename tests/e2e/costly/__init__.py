"""A program whose catalog costs too much."""

"""The runbooks: what stands in them that follows from the code, and how they are kept up to date."""

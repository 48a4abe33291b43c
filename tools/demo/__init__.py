"""The reference app with all it needs and everything that listens to it, on this machine: for tests and `make demo`."""

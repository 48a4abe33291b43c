"""Run a stack: on the sandbox of this machine, or for real."""

"""Finds what two stacks both own: compares their states."""

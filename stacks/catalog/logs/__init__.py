"""Logs: what is kept and for how long, what is made of each format, what nobody may read."""

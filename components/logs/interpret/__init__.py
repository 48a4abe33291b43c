"""What becomes of a line: an interpreter of our pipelines, filters and rules, for tests and `python -m reports logs`.

It knows the part of Datadog's language that we use, and refuses the rest.
"""

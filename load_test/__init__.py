"""Load on the API, with locust."""

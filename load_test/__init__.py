"""Load on purpose: journeys for locust, what became of them, and whether the new build is slower than the last."""

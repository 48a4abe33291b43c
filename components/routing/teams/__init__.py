"""Who owns what, and who is on call: Datadog teams, rotation, escalation. The whole organisation shares them."""

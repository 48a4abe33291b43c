"""Who is told: notification rules that go by the tags of the alerts."""

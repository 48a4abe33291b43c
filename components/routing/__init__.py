"""Who is told, and when: notification rules that go by the tags of the alerts, quiet hours, channels, on-call."""

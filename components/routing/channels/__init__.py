"""What alerts are sent through: Slack channels, the PagerDuty service, webhooks. The whole organisation shares them."""

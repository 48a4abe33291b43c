"""Pictures of dashboards from synthetic data: from the body of Datadog's dashboard API to PNG and one HTML page.

Knows the telemetry contract and nothing else of ours: what it is given is the plain JSON that Datadog would get.
"""

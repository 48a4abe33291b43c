"""Business metrics in the cluster: Prometheus, which computes them, and Grafana, which shows them."""

"""Prometheus and Grafana as Kubernetes manifests, one module per program. Pure."""

"""What the workflows on GitHub do beyond make targets: plans, comments, drift, the event of a deployment."""

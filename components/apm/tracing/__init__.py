"""What the tracer of each service is told, above all which traces it sends."""

"""What the vendors fill in: ids, tokens, DSNs, statuses; made from the cloud's seed and the creation number."""

"""The vendors' own HTTP routes over the same cloud, for clients that list and remove what a lost run has left."""

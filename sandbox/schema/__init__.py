"""What each resource type of the four packages accepts and returns, read from the installed SDK classes."""

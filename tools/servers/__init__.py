"""Real servers on loopback, each with a folder of its own, that end with the block that began them."""

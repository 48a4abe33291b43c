"""What each vendor holds of a stack, asked over the vendor's own HTTP API."""

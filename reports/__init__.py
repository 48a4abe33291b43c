"""What people read about a stack without running it: who is told of what, the runbooks."""

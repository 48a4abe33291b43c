"""Our endpoints as the agents see them: do they answer, and how long do their certificates hold."""

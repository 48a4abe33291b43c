"""Mutes, for a while, what a rollout sets off by itself."""

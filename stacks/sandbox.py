"""The sandbox: production as it is, against the offline cloud."""

from stacks.production import PLAN

__all__ = ["PLAN"]

"""The rules: pure functions, one subject a module."""

from policy.rules import (
    budget,
    limits,
    monitors,
    pagers,
    plain_secrets,
    privileges,
    protection,
    scopes,
    tags,
    twins,
)
from policy.rules.model import AnyRule

RULES: tuple[AnyRule, ...] = (
    pagers.RULE,
    scopes.RULE,
    protection.RULE,
    monitors.RULE,
    tags.RULE,
    tags.MANAGED_RULE,
    limits.RULE,
    privileges.RULE,
    plain_secrets.RULE,
    budget.RULE,
    twins.RULE,
)

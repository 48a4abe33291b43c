"""What the catalog of services says beyond stacks/catalog/services.py: the databases, and where everything is."""

from __future__ import annotations

from infra.naming import Team
from stacks.catalog.infrastructure import POSTGRES, REDIS

REPOSITORY = "https://github.com/genonaut/genonaut"
"""The source of all our services."""
DASHBOARDS = ("executive-overview",)
"""Those that show every service that makes traces."""

DATASTORES = (
    # Key, name, type, what it is.
    ("postgres", POSTGRES, "postgres", "The database of users and content."),
    ("redis", REDIS, "redis", "The cache, and the broker that tasks wait in."),
)
KEEPER = Team.BACKEND
"""Who looks after the databases."""

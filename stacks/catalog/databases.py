"""What is watched in the databases one by one."""

from __future__ import annotations

POSTGRES = "genonaut-postgres"
"""The value of PostgreSQL's `service` tag."""
REDIS = "genonaut-redis"
"""The value of Redis' `service` tag."""
FLOWER = "genonaut-flower"
"""The value of the `service` tag of what Flower tells about Celery."""

PAGINATED_TABLES = ("content_items", "content_items_auto", "content_tags", "tags", "bookmarks", "generation_jobs")
"""The tables behind the lists that people page through."""

QUEUES = ("default", "generation")
"""Celery's queues."""

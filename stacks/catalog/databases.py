"""What is watched in the databases one by one."""

from __future__ import annotations

PAGINATED_TABLES = ("content_items", "content_items_auto", "content_tags", "tags", "bookmarks", "generation_jobs")
"""The tables behind the lists that people page through."""

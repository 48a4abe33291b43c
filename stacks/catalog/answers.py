"""The shapes of the API's answers as JSON schemas (draft 7): those of the application's own response models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEALTH_ROUTE = "/api/v1/health"
"""Answers 200 whatever it finds; only the body tells."""
UNWELL = r'"status":\s*"(unhealthy|disconnected)"'
"""What the body of an unwell API matches: of the API as a whole, or of its database."""


LIST = {"type": "array", "items": {"type": "object", "required": ["id", "title", "created_at"]}}
SEARCH_RESULT: Mapping[str, Any] = {
    "type": "object",
    "required": ["items", "total", "skip", "limit"],
    "properties": {"items": LIST, "total": {"type": "integer", "minimum": 0}},
}
REFUSAL: Mapping[str, Any] = {
    "type": "object",
    "required": ["detail"],
    "properties": {"detail": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["loc", "msg"]}}},
}


def page_shape(size: int, **pagination: Any) -> Mapping[str, Any]:
    """JSON schema of a page with something on it and at most `size` items, with these values in its `pagination`."""
    known = {"has_next": {"type": "boolean"}, "total_count": {"type": "integer", "minimum": 1}}
    return {
        "type": "object",
        "required": ["items", "pagination"],
        "properties": {
            "items": {**LIST, "minItems": 1, "maxItems": size},
            "pagination": {
                "type": "object",
                "required": ["page", "page_size", "total_count", "has_next", "has_previous"],
                "properties": {**known, **{name: {"const": value} for name, value in pagination.items()}},
            },
        },
    }

"""One comment per subject under a pull request: written once, then edited in place."""

from __future__ import annotations

import re

from tools.delivery.github import GitHub

AUTHOR = "github-actions[bot]"
"""Whom GitHub shows as the author of what a workflow's own token writes."""
_MARKER = re.compile(r"<!-- \S.* -->")


class MarkerError(ValueError):
    """A text does not begin with the line by which it is found again."""


def post(github: GitHub, number: int, text: str, author: str = AUTHOR) -> str:
    """Put this text under a pull request, in place of the one with the same first line; returns its address.

    Only a comment of this author is edited: anybody can write such a line. Raises MarkerError, GitHubError.
    """
    marker = marker_of(text)
    for comment in github.comments(number):
        if (comment.get("user") or {}).get("login") == author and comment["body"].split("\n", 1)[0].strip() == marker:
            return str(github.edit_comment(comment["id"], text)["html_url"])
    return str(github.add_comment(number, text)["html_url"])


def marker_of(text: str) -> str:
    """The first line, if it is a comment in HTML. Raises MarkerError."""
    first = text.split("\n", 1)[0].strip()
    if not _MARKER.fullmatch(first):
        raise MarkerError(f"The text must begin with a line such as <!-- subject -->, not with {first[:60]!r}")
    return first

"""An operation the sandbox does not carry out, with the reason a person reads."""

from __future__ import annotations


class Refusal(Exception):
    """What was asked for is not possible or not allowed; the message says why."""

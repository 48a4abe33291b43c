"""What can go wrong in the cloud."""

from __future__ import annotations


class CloudError(Exception):
    """An operation the cloud refuses."""


class NotFound(CloudError):
    """No such object."""


class AlreadyExists(CloudError):
    """Another object has this name, and the vendor wants names to be unique."""


class InjectedFault(CloudError):
    """A failure that was asked for."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind

"""The real PostgreSQL of the databases' tests."""

from tests.unit.databases.conftest import new_server

__all__ = ["new_server"]

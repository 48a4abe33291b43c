"""The Pulumi engine every command runs on: the installed one, or one built here with Go."""

from tools.engine.engine import Engine, EngineMissingError, find_or_build

__all__ = ["Engine", "EngineMissingError", "find_or_build"]

"""Lints the workflows in .github: actionlint, built once with Go, and zizmor."""

from tools.workflows.linters import LintersMissingError, actionlint

__all__ = ["LintersMissingError", "actionlint"]

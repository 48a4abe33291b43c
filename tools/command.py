"""How a command of ours ends: what went wrong in one message, and a status that says so."""

from __future__ import annotations

import sys

import click


def run(main: click.Command, *errors: type[Exception], stopped: str = "Stopped.") -> None:
    """Run a command. Wrong usage ends it with 2; one of `errors`, or an interruption, with its words and 1."""
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:  # which click makes of an interruption, too
        sys.exit(stopped)
    except errors as error:
        sys.exit(str(error))

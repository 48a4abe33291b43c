"""`python -m reports comment` and `python -m reports pr-comment`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from infra.problems import ProblemsError
from reports.comment.checkout import Checkout, checkout
from reports.comment.comment import Comment
from reports.comment.comment import comment as make
from reports.comment.preview import Preview, PreviewError, parse, read
from reports.stacks import stack_names
from sandbox.process import ProcessError
from tools.engine import EngineMissingError, find_or_build
from tools.stack.branch import BranchError, preview_against, preview_as_it_is
from tools.stack.workspace import StackFileError

FOLDER = Path("build/comments")
_ANSWERED = (BranchError, EngineMissingError, OSError, PreviewError, ProblemsError, ProcessError, StackFileError)
"""What is said in one message, without a traceback."""


@click.command()
@click.option(
    "--from", "source", type=click.Path(path_type=Path), required=True, help="what `pulumi preview --json` said"
)
@click.option("--stack", type=click.Choice(stack_names()), required=True)
@click.option("--pictures-url", default="", help="where the pictures of this checkout's dashboards are")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="a file instead of standard output")
@click.option("--full", type=click.Path(path_type=Path, dir_okay=False), help="a file for all of it, whatever its size")
def comment(source: Path, stack: str, pictures_url: str, out: Path | None, full: Path | None) -> None:
    """What a preview means, for the pull request (docs/pull-requests.md)."""
    try:
        made = _made(read(source, stack), stack, pictures_url)
        _write(made, out, full, stack)
    except _ANSWERED as error:
        sys.exit(str(error))


@click.command()
@click.option("--stack", type=click.Choice(stack_names()), default="production", show_default=True)
@click.option("--base", default="main", show_default=True, help="what this branch is compared with")
@click.option("--cloud", type=click.Choice(["sandbox", "real"]), default="sandbox", show_default=True)
def pr_comment(stack: str, base: str, cloud: str) -> None:
    """The comment on this working tree: of its base on a sandbox, or of the real stack as it is."""
    log = partial(print, file=sys.stderr)
    try:
        engine = find_or_build(log=log)
        text = preview_as_it_is(stack, engine) if cloud == "real" else preview_against(base, stack, engine, log)
        made = _made(parse(text, stack, "what the engine said"), stack, "")
        file, whole = FOLDER / f"{stack}.md", FOLDER / f"{stack}.whole.md"
        _write(made, file, whole, stack)
        print(file.read_text(encoding="utf-8"), end="")
        log(f"== Written to {file}")
    except _ANSWERED as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped. Nothing is left of it.")


def _made(preview: Preview, stack: str, pictures_url: str) -> Comment:
    # A program that fails may fail here as well; its problems are in the preview.
    known = Checkout.unknown(stack) if preview.errors else checkout(stack)
    return make(preview, known, pictures_url)


def _write(made: Comment, out: Path | None, full: Path | None, stack: str) -> None:
    where = (
        f"All of it is in `{full.name}`."
        if full
        else f"All of it: `make pr-comment STACK={stack}`, which writes it to a file."
    )
    text = made.fitted(where)
    for file, content in ((out, text), (full, made.whole)):
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
    if not out:
        print(text, end="")

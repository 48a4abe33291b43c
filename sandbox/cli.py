"""The command line: `python -m sandbox VERB`."""

from __future__ import annotations

from pathlib import Path

import click

from sandbox.commands import faults, objects, server
from sandbox.home import DEFAULT_HOME, HOME_VARIABLE, Home

VERBS = (
    server.start, server.stop, server.status, server.env, server.reset,
    objects.list_objects, objects.show, objects.edit, objects.remove,
    faults.fail, faults.faults,
)  # fmt: skip


class InOrder(click.Group):
    """Lists the verbs in the order they are used, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        return [str(verb.name) for verb in VERBS]


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_HOME,
    envvar=HOME_VARIABLE,
    show_default=True,
    help=f"The sandbox's folder; several run side by side, each in its own. Also ${HOME_VARIABLE}.",
)
@click.pass_context
def main(context: click.Context, home: Path) -> None:
    """An offline stand-in for Datadog, Sentry, Kubernetes and Docker, for trying the stack on one machine.

    It speaks the protocol of Pulumi's providers, keeps a small cloud on disk, and shows it on a web page. It is a
    development aid: production and staging use the real providers.

    \b
    A first round:
      python -m sandbox start
      eval "$(python -m sandbox env)"
      pulumi up
      python -m sandbox list
    """
    context.obj = Home(home)


for verb in VERBS:
    main.add_command(verb)

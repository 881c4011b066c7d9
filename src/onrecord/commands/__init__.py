"""The command line, one module a group of commands."""

from __future__ import annotations

import errno
from typing import Any

import click

from onrecord.commands import assess, history, listings, register
from onrecord.commands.read import read


class Commands(click.Group):
    """The group of all commands; what the system refuses becomes a line for the user."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # click's: whoever read our output has seen enough
                raise
            raise click.ClickException(f"{error.filename or 'output'}: {error.strerror or error}") from error


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  onrecord read --example                     a bundled article, to see what a record is
  onrecord read clippings/ --html page.html   a folder, kept in the store and shown as one page
  onrecord claims unprecedented               what was said, in every article read so far

\b
`onrecord COMMAND --help` has more.""",
)
@click.version_option(package_name="onrecord", prog_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Turn news about relations between states into a record that can be checked.

    Who said what, in which words; who did what to whom; what was transferred, how much, and how far along:
    each with the exact characters of its source.
    """


for _command in (read, *listings.COMMANDS, *register.COMMANDS, *assess.COMMANDS, *history.COMMANDS):
    main.add_command(_command)

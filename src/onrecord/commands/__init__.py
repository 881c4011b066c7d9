"""The command line, one module a group of commands."""

from __future__ import annotations

import click

from onrecord.commands.listings import COMMANDS
from onrecord.commands.read import read


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", prog_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Turn news about relations between states into a record that can be checked.

    Who said what, in which words; who did what to whom; what was transferred, how much, and how far along:
    each with the exact characters of its source.
    """


for _command in (read, *COMMANDS):
    main.add_command(_command)

"""The command line. Commands parse, call one function and print; nothing heavy is imported before it is needed."""

from __future__ import annotations

import importlib
import os
import sys

import click

from kg.errors import KgError
from kg.version import __version__

COMMANDS = {
    "ask": "kg.cli.ask",
    "build": "kg.cli.build",
    "check": "kg.cli.check",
    "extract": "kg.cli.extract",
    "page": "kg.cli.page",
    "path": "kg.cli.path",
    "query": "kg.cli.query",
    "review": "kg.cli.review",
    "show": "kg.cli.show",
    "stats": "kg.cli.stats",
    "why": "kg.cli.why",
}


class LazyGroup(click.Group):
    """Imports the module of a command only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from its module's ``command``."""
        if cmd_name not in COMMANDS:
            return None
        found = importlib.import_module(COMMANDS[cmd_name]).command
        assert isinstance(found, click.Command)
        return found


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cbdc-kg")
def root() -> None:
    """The knowledge graph of central bank digital currency policy.

    Claims with their source, speaker, firmness and date: build the graph, query it, ask it, open it as a page.
    Start with "cbdc-kg build", then "cbdc-kg ask".
    """


def main() -> None:
    """Run the command line and end the process with its exit status."""
    status = run(sys.argv[1:])
    # Taking the interpreter apart takes longer than answering a query, and every file is closed by now.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line; every error that a user can cause becomes a message and a status here."""
    try:
        status = root.main(arguments, prog_name="cbdc-kg", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except KgError as wrong:
        click.echo(f"Error: {wrong}", err=True)
        return wrong.exit_status
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except BrokenPipeError:
        # The reader (head, less) has gone; what was asked for has been given.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0

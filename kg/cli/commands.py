"""The commands and where each is at home; a command is imported only when it is asked for."""

from __future__ import annotations

import importlib

import click

from kg.version import __version__

COMMANDS = {
    "ask": "kg.cli.ask",
    "build": "kg.cli.build",
    "check": "kg.cli.check",
    "eval": "kg.cli.eval",
    "extract": "kg.cli.extract",
    "page": "kg.cli.page",
    "path": "kg.cli.path",
    "query": "kg.cli.query",
    "review": "kg.cli.review",
    "show": "kg.cli.show",
    "stats": "kg.cli.stats",
    "train": "kg.cli.train",
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

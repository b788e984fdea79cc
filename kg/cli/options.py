"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def graph_option(command: Command) -> Command:
    """``--graph``: the build or SPARQL endpoint to read."""
    return click.option(
        "--graph",
        "-g",
        metavar="PATH|URL",
        default="build",
        envvar="CBDC_KG_GRAPH",
        show_default=True,
        show_envvar=True,
        help="A build, or the address of a SPARQL 1.1 endpoint.",
    )(command)


def include_option(command: Command) -> Command:
    """``--include reported``: what else to read beside facts."""
    return click.option(
        "--include",
        type=click.Choice(["reported"]),
        multiple=True,
        help="Read reported facts (what others say, unnamed voices among them) beside facts.",
    )(command)


def quiet_option(command: Command) -> Command:
    """``--quiet``: no words on standard error but errors."""
    return click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")(command)

"""Printing: data on standard output, words on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.store.base import Answer

Command = TypeVar("Command", bound=Callable[..., Any])

ANSWER_FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle", "trig", "nquads", "jsonld")


def format_option(*names: str) -> Callable[[Command], Command]:
    """``--format``: one of the names; without it the command chooses by where its output goes."""
    return click.option(
        "--format",
        "format",
        type=click.Choice(names),
        help="Format of the output; by default a table on a terminal.",
    )


def terminal() -> bool:
    """Whether standard output is a screen."""
    return sys.stdout.isatty()


def output() -> IO[bytes]:
    """Standard output for bytes."""
    return sys.stdout.buffer


def bold(text: str) -> str:
    """Bold on a terminal, unless NO_COLOR is set."""
    return click.style(text, bold=True) if terminal() and not os.environ.get("NO_COLOR") else text


def say(text: str, quiet: bool = False) -> None:
    """Words beside the data."""
    if not quiet:
        click.echo(text, err=True)


def print_answer(answer: Answer, format: str | None, quiet: bool = False) -> bool:
    """An answer in a format, or in the one that fits where it goes; gives whether there is anything in it."""
    from kg.query.results import write

    stream = output()
    rows = write(answer, format, stream, terminal=terminal())
    stream.flush()
    if rows is not None and terminal() and hasattr(answer, "variables"):
        say(f"{rows} row{'' if rows == 1 else 's'}", quiet)
    return rows != 0


def print_json(data: Any) -> None:
    """Data as JSON, indented."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_text(text: str) -> None:
    """Text in lines; the first one bold, nothing in it that could steer a terminal, long lines folded to the screen."""
    import textwrap

    from kg.query.table import plain, width

    for number, line in enumerate(text.split("\n")):
        shown = plain(line)
        indent = " " * (len(shown) - len(shown.lstrip()) + 2)
        folded = textwrap.wrap(shown, width(), subsequent_indent=indent, break_on_hyphens=False) or [""]
        for piece in folded:
            click.echo(bold(piece) if number == 0 else piece)

"""The two clocks as options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value[:60]!r} is not a date; write it as 2019-08-28", ctx, param) from None


def clock_options(command: Command) -> Command:
    """``--as-of`` and ``--known-at``."""
    as_of = click.option("--as-of", metavar="DATE", callback=_day, help="What holds or may hold on this day.")
    known_at = click.option(
        "--known-at", metavar="DATE", callback=_day, help="What had been published by this day, nothing later."
    )
    return as_of(known_at(command))

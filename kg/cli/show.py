"""``cbdc-kg show``: an entity's card."""

from __future__ import annotations

from datetime import date

import click

from kg.cli.clocks import clock_options
from kg.cli.options import graph_option, quiet_option
from kg.cli.output import format_option, print_json, print_text


@click.command()
@click.argument("entity")
@format_option("table", "json")
@graph_option
@clock_options
@quiet_option
def command(
    entity: str, format: str | None, graph: str, as_of: date | None, known_at: date | None, quiet: bool
) -> None:
    """Show an entity: its names and classes, and what is said of it, from facts down to denials.

    ENTITY is an id, a label in any language, an alias or an acronym.
    """
    from kg import store, vocabulary
    from kg.query.show import show

    card = show(store.open(graph), entity, vocabulary.load(), as_of=as_of, known_at=known_at)
    if format == "json":
        print_json(card.to_json())
    else:
        print_text(str(card))

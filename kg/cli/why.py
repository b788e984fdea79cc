"""``cbdc-kg why``: the claims behind a link."""

from __future__ import annotations

from datetime import date

import click

from kg.cli.clocks import clock_options
from kg.cli.options import graph_option, quiet_option
from kg.cli.output import format_option, print_json, print_text


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object")
@format_option("table", "json")
@graph_option
@clock_options
@quiet_option
def command(
    subject: str,
    predicate: str,
    object: str,
    format: str | None,
    graph: str,
    as_of: date | None,
    known_at: date | None,
    quiet: bool,
) -> None:
    """Show every claim behind a link, and why it is a fact or not.

    SUBJECT and OBJECT are names of entities; OBJECT may also be a concept, a date or a text. PREDICATE is a name of the
    ontology (subsidiaryOf) or its label ("is a subsidiary of"), from either side.
    """
    from kg import store, vocabulary
    from kg.query.why import why

    found = why(store.open(graph), subject, predicate, object, vocabulary.load(), as_of=as_of, known_at=known_at)
    if format == "json":
        print_json(found.to_json())
    else:
        print_text(str(found))

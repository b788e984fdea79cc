"""``cbdc-kg stats``: what the graph holds, and what is central in it."""

from __future__ import annotations

import dataclasses
from datetime import date

import click

from kg.cli.clocks import clock_options
from kg.cli.options import graph_option, include_option, quiet_option
from kg.cli.output import format_option, print_json

TITLES = {
    "totals": "In all",
    "classes": "Entities by class",
    "predicates": "Claims by predicate",
    "voices": "Claims by voice",
    "modalities": "Claims by modality",
    "polarities": "Claims by polarity",
    "statuses": "Claims by review status",
    "strengths": "Links by strength",
    "sources": "Claims by source",
    "conflict_kinds": "Conflicts by kind",
    "conflict_resolutions": "Conflicts by resolution",
}


@click.command()
@click.option(
    "--top",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    help="How many central entities to show; 0 for none.",
)
@include_option
@graph_option
@clock_options
@format_option("table", "json")
@quiet_option
def command(
    top: int,
    include: tuple[str, ...],
    graph: str,
    as_of: date | None,
    known_at: date | None,
    format: str | None,
    quiet: bool,
) -> None:
    """Count what the graph holds, and show the most central entities.

    Claims are counted by predicate, voice, modality, polarity, review status and source; entities by class; links by
    strength; conflicts by kind and resolution. Central is what is linked to many others by facts, and by reported
    links with --include reported; betweenness tells how often an entity lies on the shortest chain between two others.
    """
    from kg import store, vocabulary
    from kg.dataset.facts import derive
    from kg.network import central, counts, network
    from kg.query import records

    known = records.read(store.open(graph))
    terms = vocabulary.load()
    derivation = derive(known, terms, as_of=as_of, known_at=known_at)
    if as_of or known_at:
        known = derivation.taking_part(known)
    counted = dataclasses.asdict(counts(known, derivation))
    found = central(network(known, derivation, terms), top=top, include=include) if top else ()
    if format == "json":
        print_json({**counted, "central": [dataclasses.asdict(each) for each in found]})
        return
    from kg.query.table import table

    for name, title in TITLES.items():
        if counted[name]:
            click.echo(table((title, "count"), [(each, f"{count:,}") for each, count in counted[name].items()]))
    if found:
        rows = [(each.label, each.id, f"{each.neighbours:,}", f"{each.betweenness:.4f}") for each in found]
        click.echo(table(("Most central", "id", "neighbours", "betweenness"), rows))

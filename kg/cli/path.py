"""``cbdc-kg path``: chains of links between two things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from kg.cli.clocks import clock_options
from kg.cli.options import graph_option, quiet_option
from kg.cli.output import format_option, print_json

THROUGH = ("places", "topics", "kinds", "hubs", "groups")
INCLUDE = ("reported", "hedged")


def some_of(*known: str) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[str, ...]]:
    """Reads an option that takes some of a few names, with commas between or given several times."""

    def read(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
        given = [each.strip() for part in value for each in part.split(",")]
        for each in given:
            if each not in known:
                raise click.BadParameter(f"{each!r} is not one of {', '.join(known)}.", ctx, param)
        return tuple(each for each in known if each in given)

    return read


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--through",
    multiple=True,
    callback=some_of(*THROUGH),
    metavar=f"[{'|'.join(THROUGH)}],…",
    help="Let chains pass through these too. Without it they only begin and end chains.",
)
@click.option(
    "--include",
    multiple=True,
    callback=some_of(*INCLUDE),
    metavar=f"[{'|'.join(INCLUDE)}],…",
    help="Follow reported links (what others say), or hedged ones (planned, possible, conditional), beside facts.",
)
@click.option("--ownership", "only", flag_value="ownership", help="Only ownership: owns and is a subsidiary of.")
@click.option("--vendors", "only", flag_value="vendors", help="Only supply: who supplies, develops or operates what.")
@click.option("-k", "k", type=click.IntRange(1, 1000), default=3, show_default=True, help="How many chains to show.")
@click.option(
    "--max-hops", type=click.IntRange(1, 10), default=4, show_default=True, help="How many links a chain may have."
)
@graph_option
@clock_options
@format_option("table", "json")
@quiet_option
def command(
    a: str,
    b: str,
    through: tuple[str, ...],
    include: tuple[str, ...],
    only: str | None,
    k: int,
    max_hops: int,
    graph: str,
    as_of: date | None,
    known_at: date | None,
    format: str | None,
    quiet: bool,
) -> None:
    """Show how A and B are linked: the best chains of links, each link with its strength, voice and source.

    A and B are names, aliases or ids of entities. Links are read in either direction, facts only; what the graph
    merely reports, and chains through places or mere topics, are counted and shown when asked for. A chain of facts
    between specific things comes before one of hearsay or through something that many others are linked to.

    \b
    cbdc-kg path Facebook "Libra Association"
    cbdc-kg path Tencent PBC --through places,topics --include reported
    cbdc-kg path Tencent PBC --ownership
    """
    from kg import store, vocabulary
    from kg.dataset.facts import derive
    from kg.network import network, paths, wording
    from kg.query import records
    from kg.query.names import Names

    opened = store.open(graph)
    names = Names.read(opened)
    start, end = names.resolve(a), names.resolve(b)
    known = records.read(opened)
    terms = vocabulary.load()
    net = network(known, derive(known, terms, as_of=as_of, known_at=known_at), terms)
    answer = paths(net, start, end, include=include, through=through, only=only, k=k, max_hops=max_hops)
    if format == "json":
        print_json(wording.as_json(net, answer))
        return
    from kg.query.table import table

    if answer.chains:
        click.echo(table(wording.HEADERS, wording.rows(net, answer)))
    else:
        click.echo(wording.none_found(net, answer))
    for words in (wording.others_found(answer), wording.left_out(net, answer)):
        if words and not quiet:
            click.echo(words)

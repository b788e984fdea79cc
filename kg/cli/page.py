"""``cbdc-kg page``: the explorer for all or a part."""

from __future__ import annotations

from datetime import date

import click

from kg.cli.clocks import clock_options
from kg.cli.options import graph_option, quiet_option


@click.command()
@click.option("--focus", metavar="ENTITY", help="Only this entity and what is around it.")
@click.option("--hops", type=click.IntRange(1, 10), default=1, show_default=True, help="How far around it.")
@click.option("--output", "-o", metavar="FILE", required=True, help="The HTML file to write.")
@graph_option
@clock_options
@quiet_option
def command(
    focus: str | None, hops: int, output: str, graph: str, as_of: date | None, known_at: date | None, quiet: bool
) -> None:
    """Write the explorer as one HTML file that opens offline."""
    import kg

    kg.open(graph).page(output, focus=focus, hops=hops, as_of=as_of, known_at=known_at)
    click.echo(output)

"""``cbdc-kg page``: the explorer for all or a part."""

from __future__ import annotations

import click

from kg.cli.options import graph_option


@click.command()
@click.option("--focus", metavar="ENTITY", help="Only this entity and what is around it.")
@click.option("--hops", type=click.IntRange(1, 10), default=1, show_default=True, help="How far around it.")
@click.option("--output", "-o", metavar="FILE", required=True, help="The HTML file to write.")
@graph_option
def command(focus: str | None, hops: int, output: str, graph: str) -> None:
    """Write the explorer as one HTML file that opens offline."""
    import kg

    kg.open(graph).page(output, focus=focus, hops=hops)
    click.echo(output)

"""``cbdc-kg build``: everything from seeds to page."""

from __future__ import annotations

import os

import click

from kg.cli.options import quiet_option


@click.command()
@click.option("--seeds", metavar="DIR", help="Folder of seeds; by default ./seeds, or those that come with cbdc-kg.")
@click.option("--documents", metavar="DIR", help="Folder of documents to extract from and to take quotations from.")
@click.option("--output", "-o", metavar="DIR", default="build", show_default=True, help="Where the build appears.")
@click.option("--with-candidates", is_flag=True, help="Also put unreviewed candidates into graph:candidates.")
@quiet_option
def command(seeds: str | None, documents: str | None, output: str, with_candidates: bool, quiet: bool) -> int:
    """Build everything from seeds to page.

    Claims become an RDF dataset, are checked, and appear at once or not at all: OUTPUT/dataset.nq, OUTPUT/store/
    (for the reading commands), OUTPUT/index.html (open it in a browser) and OUTPUT/candidates.jsonl (what was
    extracted from the documents and waits for review; nothing is accepted by a build).
    """
    from kg.build import build

    def tell(words: str) -> None:
        if not quiet:
            click.echo(f"{words} …", err=True)

    report = build(output, seeds=seeds, documents=documents, with_candidates=with_candidates, tell=tell)
    for fault in report.faults:
        click.echo(f"Warning: {fault}", err=True)
    for warning in report.warnings if not quiet else ():
        click.echo(f"Warning: {warning}", err=True)
    if report.unchanged and not quiet:
        click.echo("nothing has changed since the last build", err=True)
    click.echo(", ".join(f"{count} {name}" for name, count in report.counts.items()))
    for product in ("dataset.nq", "store", "index.html", "candidates.jsonl"):
        click.echo(os.path.join(output, product))
    return 1 if report.faults else 0

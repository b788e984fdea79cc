"""``cbdc-kg extract``: candidate claims from documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import quiet_option

if TYPE_CHECKING:
    from kg.model import CandidateClaim


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(["jsonl", "toml"]), default="jsonl", show_default=True)
@click.option(
    "--seeds", metavar="DIR", help="Seeds whose entity names are known; by default ./seeds, or those of cbdc-kg."
)
@click.option("--published", metavar="DATE", help="Publication date, where the document does not tell: 2019-08-28.")
@quiet_option
def command(files: tuple[str, ...], format_: str, seeds: str | None, published: str | None, quiet: bool) -> int:
    """Find candidate claims in documents (txt, md, html, pdf).

    Each candidate says who says it, how firmly, when it holds and where in the text it stands. Nothing is accepted:
    see "cbdc-kg review". One bad file among several is reported and passed over; the command then ends with 1.
    """
    from kg import curation, documents, extract, vocabulary
    from kg.cli.candidates import as_json, as_toml, entities_as_toml
    from kg.errors import DocumentError, UsageError
    from kg.model import PartialDate

    try:
        day = PartialDate(published) if published else None
    except ValueError as wrong:
        raise UsageError(f"--published: {wrong}") from None
    terms = vocabulary.load()
    knowledge = curation.load(seeds, terms)
    gazetteer = extract.Gazetteer(knowledge.entities.values())
    failed = 0
    for file in files:
        found: list[CandidateClaim] = []
        try:
            document = documents.read(file, knowledge, published=day)
            for candidate in extract.extract(document, gazetteer, terms):
                click.echo(as_toml(candidate, terms) if format_ == "toml" else as_json(candidate))
                found.append(candidate)
        except DocumentError as wrong:
            if len(files) == 1:
                raise
            click.echo(f"Error: {wrong}", err=True)
            failed += 1
            continue
        if format_ == "toml":
            click.echo(entities_as_toml(found, knowledge), nl=False)
        if not quiet:
            click.echo(f"{file}: {len(found)} candidates", err=True)
    return 1 if failed else 0

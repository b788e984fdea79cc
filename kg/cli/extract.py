"""``cbdc-kg extract``: candidate claims from documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.options import quiet_option

if TYPE_CHECKING:
    from kg.extract.parallel import File
    from kg.model import CandidateClaim


@click.command()
@click.argument("files", metavar="FILE|DIR...", nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(["jsonl", "toml"]), default="jsonl", show_default=True)
@click.option(
    "--seeds", metavar="DIR", help="Seeds whose entity names are known; by default ./seeds, or those of cbdc-kg."
)
@click.option("--published", metavar="DATE", help="Publication date, where the document does not tell: 2019-08-28.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Spread documents over N processes; 0 is one for each processor.",
)
@quiet_option
def command(
    files: tuple[str, ...], format_: str, seeds: str | None, published: str | None, jobs: int, quiet: bool
) -> int:
    """Find candidate claims in documents (txt, md, html, pdf), and in all documents of a folder.

    Each candidate says who says it, how firmly, when it holds and where in the text it stands. Nothing is accepted:
    see "cbdc-kg review". One bad file among several is reported and passed over; the command then ends with 1.
    """
    from kg import curation, vocabulary
    from kg.cli.candidates import as_json, as_toml, entities_as_toml
    from kg.errors import UsageError
    from kg.extract.parallel import Settings, extract_files
    from kg.model import PartialDate

    try:
        day = PartialDate(published) if published else None
    except ValueError as wrong:
        raise UsageError(f"--published: {wrong}") from None
    terms = vocabulary.load()
    knowledge = curation.load(seeds, terms)
    alone = len(files) == 1
    failed = found = 0
    named: list[CandidateClaim] = []
    given = _Given(files)
    for piece in extract_files(given, Settings(knowledge, terms, day), jobs or _processors()):
        for candidate in piece.candidates:
            click.echo(as_toml(candidate, terms) if format_ == "toml" else as_json(candidate))
        found += len(piece.candidates)
        if format_ == "toml":
            named += piece.candidates
        if not piece.whole:
            continue
        if piece.error is not None:
            if alone and not given.folders:
                raise piece.error
            click.echo(f"Error: {piece.error}", err=True)
            failed += 1
        else:
            if format_ == "toml":
                click.echo(entities_as_toml(named, knowledge), nl=False)
            if not quiet:
                for notice in piece.notices:
                    click.echo(f"{piece.path}: {notice}", err=True)
                click.echo(f"{piece.path}: {found} candidates", err=True)
        found, named = 0, []
    for folder in given.empty:
        click.echo(f"Error: {folder}: the folder holds no documents", err=True)
    if given.empty and alone:
        return 2
    return 1 if failed or given.empty else 0


class _Given:
    """The files that are named and those of the folders, one after another, each with an id of its own."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.folders = 0
        self.empty: list[str] = []

    def __iter__(self) -> Iterator[File]:
        import os

        from kg.documents import id_of, paths
        from kg.extract.parallel import File

        first: dict[str, str] = {}
        for name in self._names:
            inside: Iterator[str] = iter((name,))
            is_folder = os.path.isdir(name)
            if is_folder:
                self.folders += 1
                inside = paths(name)
            held = False
            for path in inside:
                held = True
                whole = os.path.abspath(path)
                yield File(path, apart=first.setdefault(id_of(path), whole) != whole)
            if is_folder and not held:
                self.empty.append(name)


def _processors() -> int:
    """Processors that this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

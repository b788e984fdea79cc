"""``cbdc-kg query``: SPARQL."""

from __future__ import annotations

import sys

import click

from kg.cli.options import graph_option, include_option, quiet_option
from kg.cli.output import ANSWER_FORMATS, format_option, print_answer, say


@click.command()
@click.argument("sparql", required=False)
@click.option("--file", "-f", metavar="FILE", help="Read the query from a file.")
@graph_option
@include_option
@format_option(*ANSWER_FORMATS)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after this time; 0 for no limit.",
)
@click.option("--strict", is_flag=True, help="The bare standard: no prefix is declared beforehand.")
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="Query RDF files instead of a graph (repeatable); the suffix says the format.",
)
@quiet_option
def command(
    sparql: str | None,
    file: str | None,
    graph: str,
    include: tuple[str, ...],
    format: str | None,
    timeout: float,
    strict: bool,
    data: tuple[str, ...],
    quiet: bool,
) -> None:
    """Answer a SPARQL 1.1 query.

    SPARQL is the query itself, or - to read it from standard input. The common prefixes (cbdc: entity: claim: skos: …)
    are declared; facts are plain triples, and --include reported reads what others say beside them.

    \b
    cbdc-kg query 'SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }'
    cbdc-kg query -f question.rq --format csv
    """
    text = _text(sparql, file)
    if timeout != timeout:
        raise click.BadParameter("is not a number of seconds", param_hint="--timeout")

    def job() -> None:
        from kg import store

        if data:
            from kg.store.files import read

            opened: store.Store = read(data)
        else:
            opened = store.open(graph, timeout=timeout)
        if not print_answer(opened.query(text, include=include, strict=strict), format, quiet) and not quiet:
            from kg.query.hints import unknown_terms

            for hint in unknown_terms(text):
                say(hint)

    from kg.query.worker import run

    run(job, timeout)


def _text(sparql: str | None, file: str | None) -> str:
    from kg.errors import UsageError

    if file is not None:
        if sparql is not None:
            raise UsageError("give a query or --file, not both")
        try:
            with open(file, encoding="utf-8-sig") as handle:
                return handle.read()
        except OSError as wrong:
            raise UsageError(f"{file}: cannot be read: {wrong.strerror}") from None
        except UnicodeDecodeError as wrong:
            raise UsageError(f"{file}: byte {wrong.start} is not UTF-8; save the file as UTF-8") from None
    if sparql == "-" or (sparql is None and not sys.stdin.isatty()):
        return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    if sparql is None:
        raise UsageError("no query; give one in quotes, in a file with --file, or on standard input with -")
    return sparql

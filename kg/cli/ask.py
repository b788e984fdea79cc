"""``cbdc-kg ask``: the named questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kg.cli.clocks import clock_options
from kg.cli.options import graph_option, quiet_option
from kg.cli.output import bold, format_option, print_answer, print_json, say, terminal

if TYPE_CHECKING:
    from kg.query.ask import Asked
    from kg.query.question import Parameter, Question
    from kg.store.base import Store


@click.command()
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--sources", is_flag=True, help="Add who says each claim behind the answer, how firmly, and where.")
@click.option("--sparql", is_flag=True, help="Print the query with the values bound, instead of running it.")
@click.option("--ids", is_flag=True, help="Show ids instead of labels in a table.")
@format_option("table", "json", "csv", "tsv", "xml")
@graph_option
@clock_options
@quiet_option
def command(
    name: str | None,
    values: tuple[str, ...],
    sources: bool,
    sparql: bool,
    ids: bool,
    format: str | None,
    graph: str,
    as_of: date | None,
    known_at: date | None,
    quiet: bool,
) -> None:
    """Answer a named question; without a name, list them all.

    Values are names, aliases or ids of entities, dates or numbers. What is not given keeps the value that the question
    itself has. A value may be repeated to allow several.

    \b
    cbdc-kg ask owner organization="Shenzhen Financial Technology Co"
    cbdc-kg ask link from=Tencent to=PBC --sources
    """
    if name is None:
        _list(format)
        return
    from kg import store, vocabulary
    from kg.query import ask, clocks, questions

    opened = clocks.at(store.open(graph), vocabulary.load(), as_of=as_of, known_at=known_at)
    question, given = questions.named(name), questions.pairs(values)
    if sparql:
        click.echo(questions.bind(question, given, opened), nl=False)
        return
    format = format or ("table" if terminal() else "json")
    if format == "table":
        asked = ask.ask(opened, name, given)
        if not quiet:
            say(_asked(question, asked.sparql, opened))
        _table(opened, asked, sources, ids, quiet)
    elif sources:
        _with_sources(opened, ask.ask(opened, name, given), format)
    else:
        print_answer(opened.query(questions.bind(question, given, opened), strict=True), format, quiet)


def _list(format: str | None) -> None:
    from kg.errors import UsageError
    from kg.query import questions

    known = questions.load_all()
    if format == "json":
        print_json([each.to_json() for each in known])
        return
    if format not in (None, "table"):
        raise UsageError(f"the list of questions cannot be written as {format}; use table or json")
    theme = None
    for each in known:
        if each.theme != theme:
            click.echo(("\n" if theme else "") + bold(each.theme))
            theme = each.theme
        parameters = " ".join(f"{parameter.name}={_default(parameter)}" for parameter in each.parameters)
        click.echo(f"  {each.name:<26} {each.title}{f'  [{parameters}]' if parameters else ''}")


def _default(parameter: Parameter) -> str:
    """What one would type to give a parameter the value that it has anyway; … where it has none."""
    from kg.query.described import local
    from kg.query.questions import SPACES, defaults

    space = SPACES.get(parameter.type, "")
    typed = (local(term.value, space) for term in defaults(parameter))
    shown = [f'"{each}"' if " " in each else each for each in typed if each]
    return f" {parameter.name}=".join(shown) or "…"


def _asked(question: Question, sparql: str, opened: Store) -> str:
    """The question as it was answered: its title with the values of its parameters, given or not."""
    import pyoxigraph as ox

    from kg.query.ask import labels_of
    from kg.query.questions import used

    values = {each.name: used(each, sparql) for each in question.parameters}
    iris = [term.value for terms in values.values() for term in terms if isinstance(term, ox.NamedNode)]
    labels = labels_of(opened, iris)
    pairs = [
        f"{name}={labels.get(term.value, term.value)}" for name, terms in values.items() for term in terms if term.value
    ]
    return f"{question.title} ({', '.join(pairs)})" if pairs else question.title


def _table(opened: Store, asked: Asked, sources: bool, ids: bool, quiet: bool) -> None:
    from kg import vocabulary
    from kg.query import ask
    from kg.query.table import cell, table

    rows = [[cell(term) for term in row] for row in asked.rows] if ids else ask.labelled(opened, asked)
    # A column that says nothing anywhere only takes room.
    kept = [index for index in range(len(asked.variables)) if any(row[index] for row in rows)]
    if rows:
        click.echo(
            table([asked.variables[index] for index in kept], [[row[index] for index in kept] for row in rows]),
            nl=False,
        )
    else:
        say("no rows: the graph has nothing that answers this", quiet)
    if sources and rows:
        found = [each.cells() for each in ask.behind(opened, asked.claims, vocabulary.load())]
        click.echo("\n" + table(ask.HEADERS, found), nl=False)


def _with_sources(opened: Store, asked: Asked, format: str) -> None:
    import io
    import json

    from kg import vocabulary
    from kg.errors import UsageError
    from kg.query import ask
    from kg.query.results import write

    if format != "json":
        raise UsageError(f"--sources cannot be written as {format}; use table or json")
    held = io.BytesIO()
    write(opened.query(asked.sparql, strict=True), "json", held)
    found = ask.behind(opened, asked.claims, vocabulary.load())
    print_json({**json.loads(held.getvalue()), "claims": [each.to_json() for each in found]})

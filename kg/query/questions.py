"""The named questions, and how values are bound to their parameters.

A value never becomes part of the text as it was typed: it is resolved to a term of the graph, or read as a date, a
number or a text, and the engine's own serialiser writes the term.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pyoxigraph as ox

from kg.errors import NotFound, QueryError
from kg.prefixes import PREFIXES, expand
from kg.query.names import Names
from kg.query.question import Parameter, Question, block, parse
from kg.resources import folder
from kg.store.base import Store

MAX_VALUES = 100
"""Values of one parameter."""

SPACES = {
    "entity": PREFIXES["entity"],
    "concept": PREFIXES["concept"],
    "source": PREFIXES["source"],
    "predicate": PREFIXES["cbdc"],
}
"""Type of a parameter → where the things that it may name are at home."""
_SHOWN = 60

Values = Mapping[str, str | Sequence[str]]


@cache
def load_all(path: str | None = None) -> tuple[Question, ...]:
    """Every question of a folder, by default the project's own, in order of theme and name.

    Raises:
        QueryError: a file does not hold, with file and line.
    """
    path = path or folder("questions")
    found = []
    for file in sorted(os.listdir(path)):
        if file.endswith(".rq"):
            whole = os.path.join(path, file)
            with open(whole, encoding="utf-8") as handle:
                found.append(parse(handle.read(), file.removesuffix(".rq"), whole))
    return tuple(sorted(found, key=lambda each: (each.theme, each.numbers or (99,), each.name)))


def named(name: str, path: str | None = None) -> Question:
    """The question of a name.

    Raises:
        QueryError: there is none; the message lists near names.
    """
    import difflib

    known = {each.name: each for each in load_all(path)}
    wanted = name.strip().lower()
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted[:_SHOWN], known, 3, 0.5)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    raise QueryError(f"there is no question {_quoted(name)}; {hint}list them with cbdc-kg ask")


def bind(question: Question, values: Values, store: Store) -> str:
    """The query of a question with values in place of the defaults: the very text that any engine runs.

    Raises:
        QueryError: the question has no such parameter, or a value is not of its type.
        NotFound: a value names nothing in the graph.
    """
    known = {each.name: each for each in question.parameters}
    names: list[Names] = []
    sparql = question.sparql
    for name, given in values.items():
        parameter = known.get(name)
        if parameter is None:
            takes = f"it takes: {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"{question.name} has no parameter {_quoted(name)}; {takes}")
        several = [given] if isinstance(given, str) else list(given)
        if len(several) > MAX_VALUES:
            raise QueryError(f"{name}: at most {MAX_VALUES} values, not {len(several)}")
        terms = [_term(parameter, value, store, names) for value in several]
        start, end = block(sparql, name)
        sparql = f"{sparql[:start]} {' '.join(dict.fromkeys(map(str, terms)))} {sparql[end:]}"
    return sparql


def defaults(parameter: Parameter) -> list[ox.NamedNode | ox.Literal]:
    """The values that a parameter has when none is given, as terms."""
    return used(parameter, f"VALUES ?{parameter.name} {{ {parameter.default} }}")


def used(parameter: Parameter, sparql: str) -> list[ox.NamedNode | ox.Literal]:
    """The values of a parameter in a bound query, as terms."""
    start, end = block(sparql, parameter.name)
    # As the engine reads them, with the prefixes that every question may use.
    answer = ox.Store().query(f"SELECT ?v {{ VALUES ?v {{ {sparql[start:end]} }} }}", prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    return [row["v"] for row in answer if isinstance(row["v"], ox.NamedNode | ox.Literal)]


def pairs(arguments: Iterable[str]) -> dict[str, list[str]]:
    """``key=value`` arguments as a mapping; a key may come more than once.

    Raises:
        QueryError: an argument is not of that shape.
    """
    found: dict[str, list[str]] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals or not name:
            raise QueryError(f"{_quoted(argument)} is not a value; write name=value, such as organization=pbc")
        found.setdefault(name, []).append(value)
    return found


def _term(parameter: Parameter, value: str, store: Store, names: list[Names]) -> ox.NamedNode | ox.Literal:
    if parameter.type == "entity":
        if not names:
            names.append(Names.read(store))
        return ox.NamedNode(PREFIXES["entity"] + names[0].resolve(value))
    if parameter.type in SPACES:
        return _known(parameter, value, store)
    if parameter.type == "date":
        return _date(parameter, value)
    if parameter.type == "number":
        return _number(parameter, value)
    if parameter.choices:
        return ox.Literal(_chosen(parameter, value))
    return ox.Literal(value)


def _chosen(parameter: Parameter, value: str) -> str:
    wanted = value.strip().lower()
    if wanted and wanted not in parameter.choices:
        raise QueryError(f"{parameter.name}: {_quoted(value)} is none of: {', '.join(parameter.choices)}")
    return wanted


def _known(parameter: Parameter, value: str, store: Store) -> ox.NamedNode:
    space = SPACES[parameter.type]
    text = value.strip()
    iri = expand(text) or space + text
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        node = ox.NamedNode(space)
    if not iri.startswith(space) or not store.query(f"ASK {{ {node} ?p ?o }}", strict=True):
        raise NotFound(f"{parameter.name}: the graph knows no {parameter.type} {_quoted(value)}")
    return node


def _date(parameter: Parameter, value: str) -> ox.Literal:
    import datetime

    try:
        day = datetime.date.fromisoformat(value.strip())
    except ValueError:
        raise QueryError(f"{parameter.name}: {_quoted(value)} is not a date; write it as 2019-08-28") from None
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))


def _number(parameter: Parameter, value: str) -> ox.Literal:
    text = value.strip()
    digits = text.removeprefix("-").replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(text) > 40:
        raise QueryError(f"{parameter.name}: {_quoted(value)} is not a number; write it as 3 or 0.5")
    datatype = "decimal" if "." in text else "integer"
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))


def _quoted(text: str) -> str:
    shown = "".join(each if each.isprintable() else " " for each in text)
    return repr(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…")

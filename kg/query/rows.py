"""Answers as plain Python values, for the Python API."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from kg.prefixes import PREFIXES
from kg.store.base import Answer

XSD = PREFIXES["xsd"]


@dataclass(frozen=True)
class Rows:
    """The rows of a SELECT: mappings from variable to value.

    IRIs are strings; numbers, booleans and whole dates are Python's own; other literals are their text.
    """

    variables: tuple[str, ...]
    rows: list[dict[str, Any]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self.rows[index]

    def column(self, variable: str) -> list[Any]:
        """The values of one variable."""
        return [row[variable] for row in self.rows]

    def to_pandas(self) -> Any:
        """A pandas ``DataFrame`` with a column for each variable."""
        try:
            pandas = importlib.import_module("pandas")
        except ImportError:
            raise ImportError("pandas is not installed; run: pip install pandas") from None
        return pandas.DataFrame(self.rows, columns=list(self.variables))


@dataclass(frozen=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, as strings in N-Triples form."""

    rows: list[tuple[str, str, str]]

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_ntriples(self) -> str:
        """The triples as N-Triples, sorted."""
        return "".join(sorted(f"{s} {p} {o} .\n" for s, p, o in self.rows))


def plain(answer: Answer) -> Rows | Triples | bool:
    """An answer as plain values."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return Triples([(str(each.subject), str(each.predicate), str(each.object)) for each in answer])
    names = tuple(variable.value for variable in answer.variables)
    return Rows(names, [dict(zip(names, map(value, solution), strict=True)) for solution in answer])


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:
    """A term as the Python value that fits it."""
    if term is None or isinstance(term, ox.Triple):
        return None if term is None else str(term)
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    datatype = term.datatype.value
    if not datatype.startswith(XSD):
        return term.value
    try:
        return _CASTS.get(datatype[len(XSD) :], str)(term.value)
    except (ValueError, InvalidOperation):
        return term.value


def _truth(text: str) -> bool:
    return text in ("true", "1")


_CASTS: dict[str, Any] = {
    "boolean": _truth,
    "integer": int,
    "nonNegativeInteger": int,
    "int": int,
    "long": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "date": date.fromisoformat,
}

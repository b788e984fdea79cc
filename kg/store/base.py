"""What every store answers, wherever it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import pyoxigraph as ox

Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""Rows of a SELECT, the truth of an ASK, or triples of a CONSTRUCT or DESCRIBE."""


class Store(Protocol):
    """Something that answers SPARQL 1.1 queries."""

    location: str
    """Folder or address that it was opened from."""

    def query(self, sparql: str, *, include: Sequence[str] = (), strict: bool = False) -> Answer:
        """Answer a query.

        Args:
            sparql: a query in SPARQL 1.1; the common prefixes need no declaration.
            include: ``("reported",)`` reads reported facts beside facts, as one default graph.
            strict: the bare standard, with no predeclared prefixes.

        Raises:
            QueryError: the query cannot be parsed or answered.
            StoreError: the store cannot be reached.
        """
        ...


def include_graphs(include: Sequence[str]) -> list[str]:
    """IRIs of the named graphs that ``include`` asks for."""
    from kg.errors import UsageError
    from kg.prefixes import REPORTED

    for name in include:
        if name != "reported":
            raise UsageError(f"{name!r} is not a graph that can be included; use reported")
    return [REPORTED] if include else []

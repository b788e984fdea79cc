"""The embedded store: Oxigraph on disk, opened for reading, or in memory."""

from __future__ import annotations

import os

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.prefixes import PREFIXES

TYPE_CHECKING = False  # every import here is waited for by every query
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.base import Answer

STORE = "store"
"""Folder of the database within a build."""

FEW = 100
"""A query with no more opening brackets than this cannot be too deep."""

_POINTER_SIZE = 4096


class Embedded:
    """An Oxigraph store. What was opened stays as it was: a new build is a new folder."""

    def __init__(self, store: ox.Store, location: str) -> None:
        self.store = store
        self.location = location

    def query(self, sparql: str, *, include: Sequence[str] = (), strict: bool = False) -> Answer:
        """Answer a query; see :class:`~kg.store.base.Store`."""
        graphs = _graphs(include) if include else []
        if sparql.count("{") + sparql.count("(") + sparql.count("[") > FEW or not sparql.strip():
            from kg.store.syntax import check

            check(sparql)
        if "service" in sparql.lower():
            from kg.store.syntax import refuse_service

            refuse_service(sparql, {} if strict else PREFIXES)
        try:
            return self.store.query(
                sparql,
                prefixes=None if strict else PREFIXES,
                default_graph=[ox.DefaultGraph(), *map(ox.NamedNode, graphs)] if graphs else None,
            )
        except SyntaxError as wrong:
            from kg.store.syntax import explain

            raise explain(sparql, str(wrong), {} if strict else PREFIXES) from None
        except (RuntimeError, ValueError) as wrong:
            raise QueryError(f"the query cannot be answered: {wrong}") from None
        except OSError as wrong:
            raise StoreError(f"{self.location}: the store cannot be read: {wrong}; run cbdc-kg build") from None

    @classmethod
    def open(cls, build: str) -> Embedded:
        """Open a build for reading: a folder, a link to one, or a pointer file that holds its relative path."""
        folder = resolve(build)
        path = os.path.join(folder, STORE)
        try:
            return cls(ox.Store.read_only(path), folder)
        except (OSError, ValueError, RuntimeError) as wrong:
            raise StoreError(f"{path}: the store cannot be opened ({wrong}); run cbdc-kg build") from None

    @classmethod
    def from_nquads(cls, text: str | bytes, location: str = "memory") -> Embedded:
        """A store in memory, of N-Quads."""
        store = ox.Store()
        try:
            store.bulk_load(text, format=ox.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as wrong:
            raise StoreError(f"{location}: not N-Quads: {wrong}") from None
        return cls(store, location)


def resolve(build: str) -> str:
    """The real folder of a build, resolved once, so that a rebuild beside a reader does not disturb it.

    Raises:
        StoreError: there is no build.
    """
    folder = os.path.realpath(build)
    if os.path.isfile(folder) and os.path.getsize(folder) <= _POINTER_SIZE:
        with open(folder, encoding="utf-8", errors="replace") as handle:
            folder = os.path.realpath(os.path.join(os.path.dirname(folder), handle.read().strip()))
    if not os.path.isdir(os.path.join(folder, STORE)):
        raise StoreError(f"{build} is not a build; run cbdc-kg build, or name one with --graph")
    return folder


def _graphs(include: Sequence[str]) -> list[str]:
    from kg.store.base import include_graphs

    return include_graphs(include)

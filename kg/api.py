"""The Python API: a graph, opened for reading, with the verbs of the command line.

import kg

g = kg.open("build")
g.query("SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }").rows
g.ask("owner", organization="SFT").to_pandas()
print(g.show("Tencent"))
print(g.why("SFT", "subsidiaryOf", "PBC"))
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.dataset.derivation import Derivation
    from kg.model import Knowledge
    from kg.network.chains import Answer as Chains
    from kg.network.counts import Counts
    from kg.query.question import Question
    from kg.query.rows import Rows, Triples
    from kg.query.show import Card
    from kg.query.why import Why
    from kg.store.base import Store
    from kg.vocabulary import Vocabulary


class Graph:
    """A graph to read. Nothing that it gives changes the graph."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __repr__(self) -> str:
        return f"kg.open({self.location!r})"

    @property
    def location(self) -> str:
        """Folder or address that it was opened from."""
        return self.store.location

    def query(self, sparql: str, *, include: str | Sequence[str] = (), strict: bool = False) -> Rows | Triples | bool:
        """Answer a SPARQL 1.1 query: rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE.

        ``include="reported"`` reads reported facts beside facts. With ``strict`` no prefix is declared beforehand.

        Raises:
            QueryError: with the line and column of the fault.
        """
        from kg.query.results import reading
        from kg.query.rows import plain

        with reading():
            names = [include] if isinstance(include, str) else include
            return plain(self.store.query(sparql, include=names, strict=strict))

    def questions(self) -> tuple[Question, ...]:
        """The named questions."""
        from kg.query.questions import load_all

        return load_all()

    def ask(
        self, name: str, /, *, as_of: date | None = None, known_at: date | None = None, **values: str | Sequence[str]
    ) -> Rows:
        """Answer a named question. Values are names, aliases or ids; a parameter ``from`` is given as ``from_``."""
        from kg.query.clocks import at
        from kg.query.questions import bind, named
        from kg.query.rows import Rows

        given = {key.rstrip("_"): value for key, value in values.items()}
        graph = self
        if as_of or known_at:
            graph = Graph(at(self.store, self.vocabulary, as_of=as_of, known_at=known_at))
        found = graph.query(bind(named(name), given, graph.store), strict=True)
        if not isinstance(found, Rows):
            raise QueryError(f"{name}: is answered with something else than rows")
        return found

    def show(self, name: str, *, as_of: date | None = None, known_at: date | None = None) -> Card:
        """An entity's card."""
        from kg.query.show import show

        return show(self.store, name, self.vocabulary, as_of=as_of, known_at=known_at)

    def why(
        self, subject: str, predicate: str, object: str, *, as_of: date | None = None, known_at: date | None = None
    ) -> Why:
        """Every claim behind a link, and why it is a fact or not."""
        from kg.query.why import why

        return why(self.store, subject, predicate, object, self.vocabulary, as_of=as_of, known_at=known_at)

    def path(
        self, start: str, end: str, *, as_of: date | None = None, known_at: date | None = None, **options: Any
    ) -> Chains:
        """The best chains of links between two entities; options as in :func:`kg.network.paths`."""
        from kg.network import network, paths
        from kg.query.names import Names

        names = Names.read(self.store)
        net = network(self.knowledge, self.derivation(as_of=as_of, known_at=known_at), self.vocabulary)
        return paths(net, names.resolve(start), names.resolve(end), **options)

    def stats(self, *, as_of: date | None = None, known_at: date | None = None) -> Counts:
        """How much the graph holds of what."""
        from kg.network import counts

        return counts(self.knowledge, self.derivation(as_of=as_of, known_at=known_at))

    def page(
        self,
        path: str,
        *,
        focus: str | None = None,
        hops: int = 1,
        as_of: date | None = None,
        known_at: date | None = None,
    ) -> None:
        """Write the explorer as one HTML file, for all or for what is around an entity."""
        from kg.build.run import write_page
        from kg.query.names import Names

        id = None if focus is None else Names.read(self.store).resolve(focus)
        derivation = self.derivation(as_of=as_of, known_at=known_at)
        known = derivation.taking_part(self.knowledge) if as_of or known_at else self.knowledge
        write_page(known, derivation, self.vocabulary, path, id, hops)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms of the ontology."""
        from kg.vocabulary import load

        return load()

    @cached_property
    def knowledge(self) -> Knowledge:
        """Every entity, source and claim as typed records, read once."""
        from kg.query.records import read

        return read(self.store)

    def derivation(self, *, as_of: date | None = None, known_at: date | None = None) -> Derivation:
        """Facts, reported facts and conflicts, with clocks where they are given."""
        from kg.dataset.facts import derive

        return derive(self.knowledge, self.vocabulary, as_of=as_of, known_at=known_at)

    def to_networkx(self, *, include: Collection[str] = ()) -> networkx.MultiDiGraph[str]:
        """Facts as a networkx graph; ``include`` adds ``"reported"`` or ``"hedged"`` links."""
        from kg.network.graph import to_networkx

        return to_networkx(self.knowledge, self.derivation(), self.vocabulary, include=include)

    def to_rdflib(self) -> rdflib.Dataset:
        """The whole dataset as an rdflib ``Dataset``; its default graph is no union."""
        from kg.dataset import quads

        return quads.parse("".join(self._nquads()))

    def _nquads(self) -> Iterator[str]:
        from kg.query.rows import Triples

        plain = self.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(plain, Triples)
        yield plain.to_ntriples()
        names = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        for row in names if not isinstance(names, bool | Triples) else ():
            named = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{row['g']}> {{ ?s ?p ?o }} }}")
            assert isinstance(named, Triples)
            for subject, predicate, object in named:
                yield f"{subject} {predicate} {object} <{row['g']}> .\n"


def open(location: str = "build") -> Graph:
    """Open a build (a folder) or a SPARQL 1.1 endpoint (an address) for reading.

    Raises:
        StoreError: there is no build.
    """
    from kg.store import open as open_store

    return Graph(open_store(location))

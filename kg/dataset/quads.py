"""Knowledge → an rdflib dataset → sorted N-Quads.

Entities, ontology, claims, facts and release metadata stand in the default graph; only reported facts and conflicts
are named graphs. No blank nodes, no clock, and no triple in two graphs.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from rdflib import Dataset, Graph, Literal, URIRef

from kg.dataset.derivation import Conflict, Derivation, Link, Strength
from kg.dataset.records import (
    TYPE,
    Triple,
    claim_triples,
    entity_triples,
    method_triples,
    release_triples,
    source_triples,
)
from kg.dataset.terms import node, term
from kg.model import Knowledge, Ref
from kg.vocabulary import read
from kg.vocabulary.namespaces import CANDIDATES, CLAIM, CONFLICT, CONFLICTS, ENTITY, OWL, REPORTED


def dataset(knowledge: Knowledge, derivation: Derivation, ontology: str | None = None) -> Dataset:
    """The whole RDF dataset. ``ontology`` is a folder of Turtle files, by default the project's own."""
    whole = Dataset()
    main = whole.default_graph
    for path in read.files(ontology):
        main.parse(path, format="turtle")
    for entity in knowledge.entities.values():
        _add(main, entity_triples(entity))
    for source in knowledge.sources.values():
        _add(main, source_triples(source))
    for claim in knowledge.claims.values():
        _add(main, claim_triples(claim, knowledge.sources[claim.source]))
        _add(main, method_triples(claim.method))
    for one, other in knowledge.distinct:
        main.add((URIRef(ENTITY + one), URIRef(OWL + "differentFrom"), URIRef(ENTITY + other)))
    _add(main, release_triples(knowledge))
    _add(main, (_plain(link) for link in derivation.of_strength(Strength.FACT)))
    reported = whole.graph(URIRef(REPORTED))
    # Two claims can say one triple by different words (a concept and a fact): it stands where it is strongest.
    _add(reported, (each for each in map(_plain, derivation.of_strength(Strength.REPORTED)) if each not in main))
    conflicts = whole.graph(URIRef(CONFLICTS))
    for conflict in derivation.conflicts:
        _add(conflicts, _conflict(conflict))
    return whole


def nquads(whole: Dataset) -> str:
    """The dataset as sorted N-Quads, the same bytes for the same quads."""
    lines = _ntriples(whole.default_graph)
    for name in (REPORTED, CONFLICTS, CANDIDATES):
        lines += [f"{line.removesuffix(' .')} <{name}> ." for line in _ntriples(whole.graph(URIRef(name)))]
    return "".join(f"{line}\n" for line in sorted(lines))


def _ntriples(graph: Graph) -> list[str]:
    return [line for line in graph.serialize(format="nt").split("\n") if line]


def parse(text: str) -> Dataset:
    """An rdflib dataset of N-Quads; literals keep their lexical form as far as rdflib does."""
    whole = Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own reader still uses an old name
        whole.parse(data=text, format="nquads")
    return whole


def _add(graph: Graph, triples: Iterator[Triple]) -> None:
    for triple in triples:
        graph.add(triple)


def _plain(link: Link) -> Triple:
    subject, predicate, object = link.triple
    iri = node(subject)
    assert isinstance(iri, URIRef)
    return iri, term(predicate), node(object)


def _conflict(conflict: Conflict) -> Iterator[Triple]:
    subject = URIRef(CONFLICT + conflict.id)
    yield subject, TYPE, term("Conflict")
    yield subject, term("conflictKind"), node(Ref("concept", f"conflict-kind-{conflict.kind}"))
    yield subject, term("resolution"), Literal(str(conflict.resolution))
    for rival in conflict.rivals:
        yield subject, term("rival"), URIRef(CLAIM + rival)
    if conflict.winner:
        yield subject, term("winner"), URIRef(CLAIM + conflict.winner)

"""Candidates as quads of ``graph/candidates``: on request, for those who review with SPARQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from rdflib import Dataset, Graph, URIRef

from kg.dataset.quads import nquads
from kg.dataset.records import Triple, claim_triples, entity_triples, method_triples
from kg.model import CandidateClaim, Decision, Knowledge, PartialDate, ReviewStatus, Snapshot, Source
from kg.review import accepted, decide
from kg.vocabulary import Vocabulary
from kg.vocabulary.namespaces import CANDIDATES


def candidate_quads(
    candidates: Iterable[CandidateClaim], knowledge: Knowledge, vocabulary: Vocabulary, main: Graph
) -> str:
    """Sorted N-Quads of the candidates and of the entities that only they know.

    They look like claims with the review status Candidate. What stands in ``main`` (the default graph) already is
    left out, so that no triple stands in two graphs.
    """
    whole = Dataset()
    graph = whole.graph(URIRef(CANDIDATES))
    for candidate in candidates:
        sources = {**knowledge.sources, **_unknown_source(candidate, knowledge)}
        alone = replace(knowledge, claims={}, sources=sources)
        as_if = decide(candidate, Decision.ACCEPT, by="", on=date.min)
        brought = accepted(alone, [as_if], vocabulary)
        for id, entity in brought.entities.items():
            if id not in knowledge.entities:
                _add(graph, entity_triples(entity), main)
        for claim in brought.claims.values():
            open_claim = replace(claim, review_status=ReviewStatus.CANDIDATE)
            _add(graph, claim_triples(open_claim, brought.sources[claim.source]), main)
            _add(graph, method_triples(claim.method), main)
    return nquads(whole)


def _unknown_source(candidate: CandidateClaim, knowledge: Knowledge) -> dict[str, Source]:
    """A stand-in for the source of a document that no seed describes yet."""
    known = {snapshot.sha256 for source in knowledge.sources.values() for snapshot in source.snapshots}
    if candidate.sha256 in known:
        return {}
    return {
        candidate.document: Source(
            id=candidate.document,
            title=candidate.document,
            type="Document",
            address="",
            publisher=None,
            published=PartialDate("0001"),
            reliability=8,
            snapshots=(Snapshot("text", candidate.sha256),),
        )
    }


def _add(graph: Graph, triples: Iterable[Triple], main: Graph) -> None:
    for triple in triples:
        if triple not in main:
            graph.add(triple)

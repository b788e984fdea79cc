"""Candidates as quads of ``graph/candidates``: on request, for those who review with SPARQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rdflib import Dataset, Graph, URIRef

from kg.dataset.quads import nquads
from kg.dataset.records import Triple, claim_triples, entity_triples, method_triples
from kg.model import CandidateClaim, Entity, Knowledge, PartialDate, ReviewStatus, Snapshot, Source
from kg.review import Conversion, joined
from kg.vocabulary import Vocabulary
from kg.vocabulary.namespaces import CANDIDATES


def candidate_quads(
    candidates: Iterable[CandidateClaim], knowledge: Knowledge, vocabulary: Vocabulary, main: Graph
) -> str:
    """Sorted N-Quads of the candidates and of the entities that only they know.

    They look like claims with the review status Candidate. What stands in ``main`` (the default graph) already is
    left out, so that no triple stands in two graphs.
    """
    candidates = list(candidates)
    described = replace(knowledge, sources=_with_unknown_texts(candidates, knowledge))
    conversion = Conversion(described, vocabulary)
    whole = Dataset()
    graph = whole.graph(URIRef(CANDIDATES))
    entities: dict[str, Entity] = {}
    for candidate in candidates:
        brought = conversion.of(candidate)
        for id, each in brought.entities.items():
            entities[id] = joined(entities[id], each) if id in entities else each
        claim = replace(brought.claim, review_status=ReviewStatus.CANDIDATE)
        _add(graph, claim_triples(claim, described.sources[claim.source]), main)
        _add(graph, method_triples(claim.method), main)
    for entity in entities.values():
        if entity.id not in knowledge.entities:
            _add(graph, entity_triples(entity), main)
    return nquads(whole)


def _with_unknown_texts(candidates: list[CandidateClaim], knowledge: Knowledge) -> dict[str, Source]:
    """The sources, with a stand-in for each document that no seed describes yet."""
    sources = dict(knowledge.sources)
    known = {snapshot.sha256 for source in sources.values() for snapshot in source.snapshots}
    for candidate in candidates:
        if candidate.sha256 in known:
            continue
        known.add(candidate.sha256)
        source = sources.get(candidate.document) or Source(
            id=candidate.document,
            title=candidate.document,
            type="Document",
            address="",
            publisher=None,
            published=PartialDate("0001"),
            reliability=8,
        )
        text = Snapshot(f"text-{candidate.sha256[:12]}", candidate.sha256)
        sources[candidate.document] = replace(source, snapshots=(*source.snapshots, text))
    return sources


def _add(graph: Graph, triples: Iterable[Triple], main: Graph) -> None:
    for triple in triples:
        if triple not in main:
            graph.add(triple)

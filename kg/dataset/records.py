"""Records → quads: entities, sources, claims with their evidence, and the release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TypeAlias

from rdflib import Literal, URIRef

from kg.dataset.terms import day, flag, node, term, typed
from kg.model import Claim, Entity, Evidence, Knowledge, Method, Snapshot, Source
from kg.vocabulary.namespaces import (
    BASE,
    CBDC,
    CLAIM,
    CONCEPT,
    DCAT,
    DCTERMS,
    ENTITY,
    EVIDENCE,
    METHOD,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SOURCE,
    VOID,
)

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]

TYPE = URIRef(RDF + "type")
LABEL = URIRef(RDFS + "label")
COMMENT = URIRef(RDFS + "comment")
RELEASE = URIRef(BASE)


def entity_triples(entity: Entity) -> Iterator[Triple]:
    """An entity's classes, names, description, codes and links."""
    subject = URIRef(ENTITY + entity.id)
    for name in entity.types:
        yield subject, TYPE, term(name)
    yield subject, LABEL, Literal(entity.label, lang="en")
    for each in entity.labels:
        yield subject, LABEL, Literal(each.text, lang=each.language)
    for each in entity.aliases:
        yield subject, URIRef(SKOS + "altLabel"), Literal(each.text, lang=each.language)
    if entity.description:
        yield subject, URIRef(DCTERMS + "description"), Literal(entity.description, lang="en")
    for address in entity.same_as:
        yield subject, URIRef(SCHEMA + "sameAs"), URIRef(address)
    for code_list, code in entity.codes:
        yield subject, term(code_list), Literal(code)
    if entity.document:
        yield subject, term("ofDocument"), URIRef(SOURCE + entity.document)


def source_triples(source: Source) -> Iterator[Triple]:
    """A source's metadata and its snapshots."""
    subject = URIRef(SOURCE + source.id)
    yield subject, TYPE, term(source.type)
    yield subject, URIRef(DCTERMS + "title"), Literal(source.title, lang=source.language)
    yield subject, URIRef(SCHEMA + "url"), typed(source.address, "anyURI")
    if source.publisher:
        yield subject, URIRef(DCTERMS + "publisher"), URIRef(ENTITY + source.publisher)
    for author in source.authors:
        yield subject, URIRef(DCTERMS + "creator"), Literal(author)
    yield subject, URIRef(DCTERMS + "issued"), day(source.published)
    yield subject, URIRef(DCTERMS + "language"), Literal(source.language)
    yield subject, term("reliability"), URIRef(f"{CONCEPT}reliability-{source.reliability}")
    yield subject, term("archived"), flag(source.archived)
    yield subject, term("quotable"), flag(source.quotable)
    if source.retrieved:
        yield subject, term("retrieved"), day(source.retrieved)
    if source.relays:
        yield subject, term("relays"), URIRef(SOURCE + source.relays)
    if source.note:
        yield subject, COMMENT, Literal(source.note, lang="en")
    for snapshot in source.snapshots:
        yield subject, term("snapshot"), snapshot_iri(source, snapshot)
        yield from _snapshot(source, snapshot)


def snapshot_iri(source: Source, snapshot: Snapshot) -> URIRef:
    """The IRI of a text that stood at a source's address."""
    return URIRef(f"{SOURCE}{source.id}/snapshot/{snapshot.label}")


def _snapshot(source: Source, snapshot: Snapshot) -> Iterator[Triple]:
    subject = snapshot_iri(source, snapshot)
    yield subject, TYPE, term("Snapshot")
    yield subject, LABEL, Literal(snapshot.label)
    yield subject, URIRef(DCTERMS + "isVersionOf"), URIRef(SOURCE + source.id)
    if snapshot.sha256:
        yield subject, term("sha256"), Literal(snapshot.sha256)
    if snapshot.file:
        yield subject, term("file"), Literal(snapshot.file)
    if snapshot.title:
        yield subject, URIRef(DCTERMS + "title"), Literal(snapshot.title, lang=source.language)
    if snapshot.published:
        yield subject, URIRef(DCTERMS + "issued"), day(snapshot.published)
    if snapshot.note:
        yield subject, COMMENT, Literal(snapshot.note, lang="en")


def claim_triples(claim: Claim, source: Source) -> Iterator[Triple]:
    """A claim with everything said about it; its content stands nowhere as a plain triple by this."""
    subject = URIRef(CLAIM + claim.id)
    yield subject, TYPE, term("Claim")
    yield subject, URIRef(RDF + "subject"), node(claim.subject)
    yield subject, URIRef(RDF + "predicate"), term(claim.predicate)
    yield subject, URIRef(RDF + "object"), node(claim.object)
    for name, value in claim.qualifiers:
        yield subject, term(name), node(value)
    yield subject, term("voice"), term(claim.voice)
    yield subject, term("anonymous"), flag(claim.anonymous)
    yield subject, term("modality"), term(claim.modality)
    yield subject, term("polarity"), term(claim.polarity)
    yield subject, term("reviewStatus"), term(claim.review_status)
    yield subject, term("rank"), term(claim.rank)
    if claim.speaker:
        yield subject, term("speaker"), URIRef(ENTITY + claim.speaker)
    for name, text in (("hedge", claim.hedge), ("condition", claim.condition), ("rankReason", claim.rank_reason)):
        if text:
            yield subject, term(name), Literal(text, lang="en")
    yield from _times(subject, claim)
    yield subject, URIRef(DCTERMS + "source"), URIRef(SOURCE + claim.source)
    if claim.key:
        yield subject, URIRef(DCTERMS + "identifier"), Literal(claim.key)
    if claim.note:
        yield subject, COMMENT, Literal(claim.note, lang="en")
    if claim.curator:
        yield subject, URIRef(PROV + "wasAttributedTo"), URIRef(ENTITY + claim.curator)
    yield subject, URIRef(PROV + "wasGeneratedBy"), method_iri(claim.method)
    for evidence in claim.evidence:
        iri = evidence_iri(evidence, source)
        yield subject, term("evidence"), iri
        yield from _evidence(iri, evidence, source)


def _times(subject: URIRef, claim: Claim) -> Iterator[Triple]:
    validity = claim.validity
    for name, date in (
        ("validFrom", validity.valid_from),
        ("validUntil", validity.valid_until),
        ("observedOn", validity.observed_on),
        ("earliestStart", validity.earliest_start),
        ("latestStart", validity.latest_start),
        ("earliestEnd", validity.earliest_end),
        ("latestEnd", validity.latest_end),
        ("saidOn", claim.said_on),
    ):
        if date is not None:
            yield subject, term(name), day(date)


def method_iri(method: Method) -> URIRef:
    """The activity that generated a claim: hand curation, an import or an extraction rule."""
    parts = [part for part in (method.kind, method.name, method.version) if part]
    return URIRef(CBDC + method.kind) if len(parts) == 1 else URIRef(METHOD + "/".join(parts))


def method_triples(method: Method) -> Iterator[Triple]:
    """What kind of activity a method is."""
    subject = method_iri(method)
    if method.name is None and method.version is None:
        return
    yield subject, TYPE, URIRef(PROV + "Activity")
    yield subject, URIRef(DCTERMS + "type"), term(method.kind)
    if method.name:
        yield subject, LABEL, Literal(method.name)
    if method.version:
        yield subject, URIRef(SCHEMA + "version"), Literal(method.version)


def evidence_iri(evidence: Evidence, source: Source) -> URIRef:
    """The same place, described in the same words, is the same node, whichever claims stand on it."""
    words = hashlib.sha256(f"{source.id} {evidence.locator or ''}".encode()).hexdigest()[:8]
    if evidence.snapshot is not None and evidence.start is not None:
        return URIRef(f"{EVIDENCE}{evidence.snapshot[:12]}-{evidence.start}-{evidence.end}-{words}")
    return URIRef(f"{EVIDENCE}{source.id}-{words}")


def _evidence(iri: URIRef, evidence: Evidence, source: Source) -> Iterator[Triple]:
    yield iri, TYPE, URIRef(OA + "SpecificResource")
    snapshot = next((each for each in source.snapshots if each.sha256 and each.sha256 == evidence.snapshot), None)
    place = snapshot_iri(source, snapshot) if snapshot else URIRef(SOURCE + source.id)
    yield iri, URIRef(OA + "hasSource"), place
    if evidence.locator:
        yield iri, term("locator"), Literal(evidence.locator, lang="en")
    if evidence.start is None or evidence.end is None:
        return
    selector = URIRef(iri + "/selector")
    yield iri, URIRef(OA + "hasSelector"), selector
    yield selector, TYPE, URIRef(OA + "TextPositionSelector")
    yield selector, URIRef(OA + "start"), typed(str(evidence.start), "nonNegativeInteger")
    yield selector, URIRef(OA + "end"), typed(str(evidence.end), "nonNegativeInteger")
    if evidence.digest:
        yield iri, term("spanDigest"), Literal(evidence.digest)
    if evidence.quote is not None:
        quote = URIRef(iri + "/quote")
        yield iri, URIRef(OA + "hasSelector"), quote
        yield quote, TYPE, URIRef(OA + "TextQuoteSelector")
        yield quote, URIRef(OA + "exact"), Literal(evidence.quote)


def release_triples(knowledge: Knowledge) -> Iterator[Triple]:
    """What the dataset says about itself, with its counts."""
    release = knowledge.release
    yield RELEASE, TYPE, URIRef(DCAT + "Dataset")
    yield RELEASE, TYPE, URIRef(VOID + "Dataset")
    yield RELEASE, URIRef(DCTERMS + "title"), Literal(release.title, lang="en")
    yield RELEASE, URIRef(DCTERMS + "issued"), day(release.data_date)
    yield RELEASE, URIRef(DCTERMS + "license"), Literal(release.licence)
    yield RELEASE, URIRef(SCHEMA + "version"), Literal(release.version)
    if release.description:
        yield RELEASE, URIRef(DCTERMS + "description"), Literal(release.description, lang="en")
    accepted = sum(claim.accepted for claim in knowledge.claims.values())
    for name, count in (
        ("claimCount", accepted),
        ("entityCount", len(knowledge.entities)),
        ("sourceCount", len(knowledge.sources)),
    ):
        yield RELEASE, term(name), typed(str(count), "integer")

"""Typed records back from a store: the inverse of :mod:`kg.dataset.records`.

What RDF does not keep is the order of names, authors and places, and how a number was written: they come back sorted,
and decimals with a point. Where in the seed files a record stands is not part of the dataset.
"""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import Claim, Entity, Knowledge, Name, PartialDate, Release, Snapshot, Source
from kg.query.claims import claims_of
from kg.query.described import Said, described, described_of, local, text, texts, values
from kg.store.base import Store
from kg.vocabulary.namespaces import (
    BASE,
    CBDC,
    CONCEPT,
    DCTERMS,
    ENTITY,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SOURCE,
)

CODES = ("iso3166", "iso4217", "lei", "wikidata")

_ENTITY_PROPERTIES = (
    RDF + "type",
    RDFS + "label",
    SKOS + "altLabel",
    DCTERMS + "description",
    SCHEMA + "sameAs",
    CBDC + "ofDocument",
    *(CBDC + name for name in CODES),
)


def read(store: Store) -> Knowledge:
    """Everything that a store holds, as records.

    Raises:
        StoreError: the store holds no dataset of this project.
    """
    sources = read_sources(store)
    claims = claims_of(store, sources)
    return Knowledge(read_release(store), read_entities(store), sources, claims, distinct=_distinct(store))


def _distinct(store: Store) -> tuple[tuple[str, str], ...]:
    answer = store.query(f"SELECT ?one ?other {{ ?one <{OWL}differentFrom> ?other }}", strict=True)
    rows = answer if isinstance(answer, ox.QuerySolutions) else ()
    return tuple(sorted((local(row["one"].value, ENTITY), local(row["other"].value, ENTITY)) for row in rows))


def read_release(store: Store) -> Release:
    """What the dataset says about itself."""
    said = described(store, f"{values('s', [BASE])} ?s ?p ?o").get(BASE)
    if said is None:
        raise StoreError(f"{store.location}: holds no cbdc-kg dataset; run cbdc-kg build, or name a build with --graph")
    return Release(
        title=text(said, DCTERMS + "title") or "",
        version=text(said, SCHEMA + "version") or "",
        data_date=date.fromisoformat(text(said, DCTERMS + "issued") or "0001-01-01"),
        licence=text(said, DCTERMS + "license") or "",
        description=text(said, DCTERMS + "description"),
    )


def read_entities(store: Store, ids: frozenset[str] | None = None) -> dict[str, Entity]:
    """Entities by id, all or some."""
    if ids is None:
        ours = f'FILTER(STRSTARTS(STR(?s), "{ENTITY}"))'
        found = described(store, f"{values('p', _ENTITY_PROPERTIES)} ?s ?p ?o {ours}")
    else:
        found = described_of(store, (ENTITY + id for id in ids))
    return {
        local(iri, ENTITY): _entity(local(iri, ENTITY), said)
        for iri, said in sorted(found.items())
        if RDFS + "label" in said
    }


def _entity(id: str, said: Said) -> Entity:
    labels = _names(said, RDFS + "label")
    english = next((name for name in labels if name.language == "en"), labels[0])
    document = text(said, CBDC + "ofDocument")
    return Entity(
        id=id,
        types=tuple(local(iri, CBDC) for iri in texts(said, RDF + "type")),
        label=english.text,
        labels=tuple(name for name in labels if name != english),
        aliases=_names(said, SKOS + "altLabel"),
        description=text(said, DCTERMS + "description"),
        same_as=texts(said, SCHEMA + "sameAs"),
        codes=tuple((name, code) for name in CODES for code in texts(said, CBDC + name)),
        document=None if document is None else local(document, SOURCE),
    )


def _names(said: Said, predicate: str) -> tuple[Name, ...]:
    return tuple(
        sorted(
            Name(each.value, each.language or "en") for each in said.get(predicate, ()) if isinstance(each, ox.Literal)
        )
    )


def read_sources(store: Store) -> dict[str, Source]:
    """Sources with their snapshots, by id."""
    found = described(store, f'?s <{SCHEMA}url> ?address ; ?p ?o . FILTER(STRSTARTS(STR(?s), "{SOURCE}"))')
    snapshots = described(store, f"?s a <{CBDC}Snapshot> ; ?p ?o")
    return {local(iri, SOURCE): _source(local(iri, SOURCE), said, snapshots) for iri, said in sorted(found.items())}


def _source(id: str, said: Said, snapshots: dict[str, Said]) -> Source:
    publisher, relays = text(said, DCTERMS + "publisher"), text(said, CBDC + "relays")
    retrieved = text(said, CBDC + "retrieved")
    return Source(
        id=id,
        title=text(said, DCTERMS + "title") or id,
        type=local(text(said, RDF + "type") or "", CBDC),
        address=text(said, SCHEMA + "url") or "",
        publisher=publisher and local(publisher, ENTITY),
        published=PartialDate(text(said, DCTERMS + "issued") or "0001"),
        reliability=int(local(text(said, CBDC + "reliability") or "8", CONCEPT + "reliability-")),
        authors=texts(said, DCTERMS + "creator"),
        language=text(said, DCTERMS + "language") or "en",
        retrieved=date.fromisoformat(retrieved) if retrieved else None,
        archived=text(said, CBDC + "archived") == "true",
        quotable=text(said, CBDC + "quotable") == "true",
        relays=relays and local(relays, SOURCE),
        snapshots=tuple(_snapshot(snapshots.get(iri, {})) for iri in texts(said, CBDC + "snapshot")),
        note=text(said, RDFS + "comment"),
    )


def _snapshot(said: Said) -> Snapshot:
    published = text(said, DCTERMS + "issued")
    return Snapshot(
        label=text(said, RDFS + "label") or "",
        sha256=text(said, CBDC + "sha256"),
        file=text(said, CBDC + "file"),
        title=text(said, DCTERMS + "title"),
        published=PartialDate(published) if published else None,
        note=text(said, RDFS + "comment"),
    )


def mentioned(claims: dict[str, Claim]) -> frozenset[str]:
    """Ids of all entities that claims speak of or let speak."""
    found: set[str] = set()
    for claim in claims.values():
        found |= {claim.subject.id, claim.speaker or claim.subject.id, claim.curator or claim.subject.id}
        for term in (claim.object, *(value for _, value in claim.qualifiers)):
            if getattr(term, "space", None) == "entity":
                found.add(str(getattr(term, "id", "")))
    return frozenset(found)

"""What a store knows about one entity: its claims, their rivals, and whatever decides how much they weigh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import Knowledge
from kg.query.claims import claims_of
from kg.query.described import AT_ONCE
from kg.query.records import mentioned, read_entities, read_release, read_sources
from kg.store.base import Store
from kg.vocabulary.namespaces import CBDC, CLAIM, ENTITY, PROV, RDF

HOLDS = f"<{CBDC}holdsPosition>"


def read_about(store: Store, id: str) -> Knowledge:
    """The records that decide about every link of an entity, without reading the whole store.

    These are the claims that mention it, the claims that speak of the same subject and predicate as one of these
    (only they can contradict it), and the positions of all speakers. Derived from these, its links are what they are
    when derived from everything.
    """
    sources = read_sources(store)
    claims = claims_of(store, sources, _deciding(store, id))
    publishers = {source.publisher for source in sources.values() if source.publisher}
    entities = read_entities(store, frozenset({id, *mentioned(claims), *publishers}))
    return Knowledge(read_release(store), entities, sources, claims)


def _deciding(store: Store, id: str) -> set[str]:
    """Ids of the claims that decide. One question after the other: together they would be a join of claims."""
    thing = ox.NamedNode(ENTITY + id)
    mine = _rows(
        store,
        f"SELECT DISTINCT ?claim ?about ?link ?speaker WHERE {{ ?claim ?how {thing} . ?claim a <{CBDC}Claim> ;"
        f" <{RDF}subject> ?about ; <{RDF}predicate> ?link . OPTIONAL {{ ?claim <{CBDC}speaker> ?speaker }}"
        f" FILTER(?how != <{PROV}wasAttributedTo>) }}",
    )
    found = {row[0].value for row in mine}
    topics = sorted({f"({row[1]} {row[2]})" for row in mine})
    rivals = []
    for block in _blocks("(?about ?link)", topics):
        rivals += _rows(
            store,
            f"SELECT ?claim ?speaker WHERE {{ {block} ?claim <{RDF}subject> ?about ; <{RDF}predicate> ?link ;"
            f" a <{CBDC}Claim> . OPTIONAL {{ ?claim <{CBDC}speaker> ?speaker }} }}",
        )
    found |= {row[0].value for row in rivals}
    speakers = sorted({str(row[-1]) for row in (*mine, *rivals) if row[-1] is not None})
    for block in _blocks("?speaker", speakers):
        positions = f"SELECT ?claim WHERE {{ {block} ?claim <{RDF}subject> ?speaker ; <{RDF}predicate> {HOLDS} }}"
        found |= {row[0].value for row in _rows(store, positions)}
    return {iri.removeprefix(CLAIM) for iri in found}


def _blocks(variables: str, items: list[str]) -> Iterator[str]:
    for start in range(0, len(items), AT_ONCE):
        yield f"VALUES {variables} {{ {' '.join(items[start : start + AT_ONCE])} }}"


def _rows(store: Store, sparql: str) -> list[tuple[Any, ...]]:
    answer = store.query(sparql, strict=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise StoreError(f"{store.location}: answers a SELECT with something else than rows")
    return [tuple(row) for row in answer]

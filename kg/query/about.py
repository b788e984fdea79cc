"""What a store knows about one entity: its claims, their rivals, and whatever decides how much they weigh."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model import Knowledge
from kg.query.claims import claims_of
from kg.query.records import mentioned, read_entities, read_release, read_sources
from kg.store.base import Store
from kg.vocabulary.namespaces import CBDC, ENTITY, PROV, RDF


def read_about(store: Store, id: str) -> Knowledge:
    """The records that decide about every link of an entity, without reading the whole store.

    These are the claims that mention it, the claims that speak of the same subject and predicate as one of these
    (only they can contradict it), and the positions of all speakers. Derived from these, its links are what they are
    when derived from everything.
    """
    entity = ox.NamedNode(ENTITY + id)
    subject, predicate = f"<{RDF}subject>", f"<{RDF}predicate>"
    mine = f"?mine a <{CBDC}Claim> ; ?how {entity} . FILTER(?how != <{PROV}wasAttributedTo>)"
    which = f"""{{ SELECT DISTINCT ?s WHERE {{
      {{ {mine} ?mine {subject} ?about ; {predicate} ?link . ?s {subject} ?about ; {predicate} ?link . }}
      UNION {{
        {mine} ?mine <{CBDC}speaker> ?speaker . ?s {subject} ?speaker ; {predicate} <{CBDC}holdsPosition> .
      }}
    }} }}"""
    sources = read_sources(store)
    claims = claims_of(store, sources, which)
    publishers = {source.publisher for source in sources.values() if source.publisher}
    entities = read_entities(store, frozenset({id, *mentioned(claims), *publishers}))
    return Knowledge(read_release(store), entities, sources, claims)

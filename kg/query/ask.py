"""``ask``: a named question answered, with labels for people and the claims behind the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import Claim, Knowledge, Polarity
from kg.prefixes import CLAIM, ENTITY
from kg.query.claims import claims_of
from kg.query.described import AT_ONCE, values
from kg.query.questions import Values, bind, named
from kg.query.records import mentioned, read_entities, read_release, read_sources
from kg.query.table import cell
from kg.query.words import Labels, who
from kg.store.base import Store
from kg.vocabulary import Vocabulary
from kg.vocabulary.namespaces import CBDC, CONCEPT, DCTERMS, RDFS, SKOS, SOURCE

_LABELS = f"<{RDFS}label>, <{SKOS}prefLabel>, <{DCTERMS}title>, <{DCTERMS}identifier>"

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


@dataclass(frozen=True)
class Asked:
    """The rows that answer a question, and the query that gave them."""

    sparql: str
    variables: tuple[str, ...]
    rows: list[tuple[Node, ...]]

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims in the rows, in their order."""
        found = [
            term.value[len(CLAIM) :]
            for row in self.rows
            for term in row
            if isinstance(term, ox.NamedNode) and term.value.startswith(CLAIM)
        ]
        return tuple(dict.fromkeys(found))


def ask(store: Store, name: str, given: Values) -> Asked:
    """Answer a question.

    Raises:
        NotFound: a value names nothing.
        QueryError: there is no such question, or a value does not fit its parameter.
    """
    question = named(name)
    sparql = bind(question, given, store)
    answer = store.query(sparql, strict=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise StoreError(f"{store.location}: answers a SELECT with something else than rows")
    variables = tuple(variable.value for variable in answer.variables)
    return Asked(sparql, variables, [tuple(solution) for solution in answer])


def labelled(store: Store, asked: Asked) -> list[list[str]]:
    """The rows with labels in place of IRIs; claims by their curator's key."""
    labels = labels_of(store, {term.value for row in asked.rows for term in row if isinstance(term, ox.NamedNode)})
    return [
        [labels.get(term.value, cell(term)) if isinstance(term, ox.NamedNode) else cell(term) for term in row]
        for row in asked.rows
    ]


def labels_of(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Labels of things, English where there is one; a claim's label is its curator's key."""
    wanted = sorted(iri for iri in set(iris) if iri.startswith((ENTITY, CONCEPT, SOURCE, CBDC, CLAIM)))
    found: dict[str, tuple[bool, str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        # Not a second VALUES: the engine would try every thing with every property.
        which = f"{values('s', wanted[start : start + AT_ONCE])} ?s ?p ?o FILTER(?p IN ({_LABELS}))"
        answer = store.query(f"SELECT ?s ?o WHERE {{ {which} }}", strict=True)
        assert isinstance(answer, ox.QuerySolutions)
        for thing, text in answer:
            other = text.language not in ("en", None)
            found[thing.value] = min(found.get(thing.value, (True, "\U0010ffff")), (other, text.value))
    return {iri: text for iri, (_, text) in found.items()}


@dataclass(frozen=True, slots=True)
class Behind:
    """A claim behind an answer, in words."""

    claim: Claim
    who: str
    source: str

    def to_json(self) -> dict[str, str | None]:
        """The entry under ``claims`` in ``cbdc-kg ask --sources --format json``."""
        return {
            "id": self.claim.id,
            "key": self.claim.key,
            "voice": self.claim.voice.value,
            "speaker": self.claim.speaker,
            "modality": self.claim.modality.value,
            "polarity": self.claim.polarity.value,
            "who": self.who,
            "source": self.claim.source,
        }

    def cells(self) -> list[str]:
        """The row under ``--sources``."""
        claim = self.claim
        denied = ", denied" if claim.polarity is Polarity.DENIED else ""
        return [claim.key or claim.id, self.who, f"{claim.modality.value.lower()}{denied}", self.source]


HEADERS = ("claim", "said by", "how", "source")


def behind(store: Store, ids: Sequence[str], vocabulary: Vocabulary) -> list[Behind]:
    """The claims of these ids, in their order, with voice and source in words."""
    if not ids:
        return []
    sources = read_sources(store)
    claims = claims_of(store, sources, ids)
    publishers = {source.publisher for source in sources.values() if source.publisher}
    entities = read_entities(store, frozenset({*mentioned(claims), *publishers}))
    labels = Labels(Knowledge(read_release(store), entities, sources, claims), vocabulary)
    found = []
    for id in ids:
        if id in claims:
            source = sources[claims[id].source]
            publisher = labels.entity(source.publisher) if source.publisher else None
            words = ", ".join(filter(None, (f"“{source.title}”", publisher, str(source.published))))
            found.append(Behind(claims[id], who(claims[id], labels, publisher), words))
    return found

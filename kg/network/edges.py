"""Links between things, as edges: what the network is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.dataset.derivation import Derivation, Link, Strength
from kg.model import Claim, Holding, Knowledge, Ref, Term
from kg.network.rules import LINKING, Rules, rules
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from a subject to an object, or to the second party that a qualifier names.

    Ends are node ids: an entity's id, or ``concept:`` and a concept's id.
    """

    subject: str
    predicate: str
    object: str
    qualifier: str | None
    strength: Strength
    claims: tuple[str, ...]
    """Ids of the claims that give the link its strength, sorted."""
    disputed: bool = False
    holding: Holding | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from every other edge; edges are kept in this order."""
        return self.subject, self.predicate, self.object, self.qualifier or ""


@dataclass(frozen=True)
class Network:
    """Everything that is linked, with what it is, and the edges between."""

    knowledge: Knowledge
    vocabulary: Vocabulary
    edges: tuple[Edge, ...]
    rules: Rules

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """All entities, and the concepts that edges lead to; sorted."""
        ends = {end for edge in self.edges for end in (edge.subject, edge.object)}
        return tuple(sorted({*self.knowledge.entities, *ends}))

    @cached_property
    def neighbours(self) -> Mapping[str, frozenset[str]]:
        """Every node's neighbours, by links of whatever strength and in either direction."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.edges:
            if edge.subject != edge.object:
                found[edge.subject].add(edge.object)
                found[edge.object].add(edge.subject)
        return {node: frozenset(found[node]) for node in self.nodes}

    @cached_property
    def passages(self) -> Mapping[str, tuple[str, ...]]:
        """For every node the passages it belongs to."""
        return {node: self.rules.passages_of(self.types(node), self.vocabulary) for node in self.nodes}

    def types(self, node: str) -> tuple[str, ...]:
        """The node's classes; of a concept ``("Concept",)``."""
        entity = self.knowledge.entities.get(node)
        return entity.types if entity else ("Concept",)

    def label(self, node: str) -> str:
        """The node's label, or its id where it has none."""
        if entity := self.knowledge.entities.get(node):
            return entity.label
        concept = self.vocabulary.concepts.get(node.removeprefix("concept:"))
        return concept.label if concept else node

    def words(self, edge: Edge, *, forward: bool = True) -> str:
        """The edge in words, read from its subject or from its object."""
        if edge.qualifier is not None:
            return self.rules.qualifiers[edge.qualifier][0 if forward else 1]
        predicate = self.vocabulary.predicates.get(edge.predicate)
        if predicate is None:
            return edge.predicate if forward else f"← {edge.predicate}"
        return predicate.label if forward else predicate.inverse_label


def network(
    knowledge: Knowledge, derivation: Derivation, vocabulary: Vocabulary, *, by: Rules | None = None
) -> Network:
    """The network of every link that is a fact, reported or hedged.

    Literals are no nodes, and a judgement links nothing, hedged or not. An edge that a qualifier makes is never
    stronger than the claims that carry the qualifier.
    """
    by = by or rules()
    links = [link for link in derivation.links.values() if link.strength in LINKING and not _judges(link, vocabulary)]
    found: list[Edge] = []
    for link in links:
        subject, predicate, object = link.triple
        claims = [knowledge.claims[id] for id in link.supporting]
        if isinstance(object, Ref):
            carrying = [claim for claim in claims if _strength(claim, link, derivation) is link.strength] or claims
            found.append(_edge(link, subject.id, predicate, _node(object), None, link.strength, carrying))
        found += _qualified(link, claims, derivation, by)
    return Network(knowledge, vocabulary, tuple(sorted(found, key=lambda edge: edge.key)), by)


def _qualified(link: Link, claims: Iterable[Claim], derivation: Derivation, by: Rules) -> Iterable[Edge]:
    groups: dict[tuple[str, Term], list[Claim]] = defaultdict(list)
    for claim in claims:
        for name, value in claim.qualifiers:
            if name in by.qualifiers and isinstance(value, Ref) and value.space == "entity":
                groups[(name, value)].append(claim)
    for (name, value), group in groups.items():
        assert isinstance(value, Ref)
        own = {claim.id: _strength(claim, link, derivation) for claim in group}
        strength = min(own.values(), key=LINKING.index)
        carrying = [claim for claim in group if own[claim.id] is strength]
        yield _edge(link, link.triple[0].id, link.triple[1], value.id, name, strength, carrying)


def _edge(
    link: Link,
    subject: str,
    predicate: str,
    object: str,
    qualifier: str | None,
    strength: Strength,
    claims: Iterable[Claim],
) -> Edge:
    ids = tuple(sorted(claim.id for claim in claims))
    return Edge(subject, predicate, object, qualifier, strength, ids, link.disputed, link.holding)


def _strength(claim: Claim, link: Link, derivation: Derivation) -> Strength:
    """The strength that a claim alone gives its link: never more than the link has, with all that contradicts it."""
    own = derivation.outcomes[claim.id].strength
    return max(own if own in LINKING else Strength.HEDGED, link.strength, key=LINKING.index)


def _judges(link: Link, vocabulary: Vocabulary) -> bool:
    predicate = vocabulary.predicates.get(link.triple[1])
    return predicate is not None and predicate.evaluative


def _node(ref: Ref) -> str:
    return ref.id if ref.space == "entity" else str(ref)
